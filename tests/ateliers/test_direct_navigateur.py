"""The client of the live path, in a real browser: what it does with frames, and when sockets do not pass."""

import json

import pytest

from ateliers import actions, annonces
from ateliers.identite import jeton_direct
from consultation import actions as actes
from consultation.models import Piste
from tests.patience import jusqu_a

from .fabriques_ateliers import faire_atelier, faire_etapes, faire_participant, faire_pistes
from .vecteurs import FUSION, TELEPHONE

pytestmark = pytest.mark.parcours

#: The number of a phone's last act, where it keeps it.
TENU = "localStorage['germoir:ordre']"
SUIVRE = """async ({url, socket}) => {
  const { suivre } = await import("/static/ateliers/js/direct.js");
  window.etats = []; window.mots = [];
  window.suivi = suivre({ url, socket,
    surEtat: (etat, changees) => window.etats.push({ etat, changees }),
    surConnexion: (mot) => window.mots.push(mot) });
}"""


@pytest.fixture
def page(ouvrir):
    return ouvrir("/rejoindre/")


@pytest.fixture
def page_en_panne(ouvrir):
    """The browser itself writes an error when a handshake is refused."""
    return ouvrir("/rejoindre/", attendre_erreurs=True)


@pytest.fixture(scope="module")
def salle(serveur):
    atelier = faire_atelier()
    faire_etapes(atelier, "ideation", "discussion", "synthese")
    return atelier


def appeler(page, module, expression):
    return page.evaluate(
        f"async () => {{ const m = await import('/static/ateliers/js/{module}'); return {expression}; }}"
    )


def suivre(page, salle, socket=None):
    adresse = f"/ws/a/{salle.code}/?pour=projection&jeton={jeton_direct('projection', salle)}"
    page.evaluate(SUIVRE, {"url": f"/a/{salle.code}/etat.json?pour=projection", "socket": socket or adresse})


def attendre_etape(page, titre):
    jusqu_a(page, f"window.etats.at(-1)?.etat.etape?.titre === {json.dumps(titre)}")


def test_frames_are_put_together_or_a_gap_is_seen(page):
    cas = [(vecteur["etat"], vecteur["trame"]) for vecteur in FUSION]
    suites = [v["suite"] and {"etat": v["suite"], "changees": v["changees"]} for v in FUSION]
    assert appeler(page, "fusion.js", f"{json.dumps(cas)}.map((cas) => m.fusionner(...cas))") == suites


def test_a_phone_waits_reads_answers_and_numbers_its_acts_as_is_told(page):
    joues = {
        "attente": appeler(page, "attente.js", _tous("attente", "m.attente(...c.slice(0, 3))")),
        "reprise": appeler(page, "attente.js", _tous("reprise", "m.reprise(...c.slice(0, 2))")),
        "issue": appeler(page, "poste.js", _tous("issue", "m.issue(...c.slice(0, 2))")),
        "ordre": appeler(
            page, "file.js", _tous("ordre", "(localStorage['germoir:ordre'] = c[1], m.nouvelOrdre(c[0]))")
        ),
    }
    assert joues == TELEPHONE


def _tous(regle, appel):
    return f"{json.dumps(TELEPHONE[regle])}.map((c) => [...c.slice(0, -1), {appel}])"


def test_the_least_late_message_sets_the_clock(page):
    assert appeler(page, "horloge.js", "[m.ecartRetenu([]), m.ecartRetenu([-900, -20, -300])]") == [0, -20]


def test_a_screen_follows_the_room_by_its_socket(page, salle):
    suivre(page, salle)
    jusqu_a(page, "window.etats.length === 1")
    etape = salle.etapes.get(nature="ideation")
    actions.ouvrir_etape(etape=etape, par=None)
    attendre_etape(page, etape.titre)
    assert page.evaluate("[window.mots, window.etats.at(-1).changees.sort()]") == [["directe"], ["ecran", "etape"]]


def test_where_sockets_do_not_pass_the_screen_asks_by_itself(page_en_panne, salle):
    page = page_en_panne
    suivre(page, salle, socket="/ws/a/XXXXXX/?pour=projection&jeton=faux")
    jusqu_a(page, "window.mots.includes('relevee')")
    etape = salle.etapes.get(nature="discussion")
    actions.ouvrir_etape(etape=etape, par=None)
    attendre_etape(page, etape.titre)


PANNE = """() => {
  const Vraie = window.WebSocket;
  const demander = window.fetch;
  const noter = (nom, delai) => setTimeout(() => (window[nom] = window.mots.at(-1)), delai);
  window.panne = false;
  window.WebSocket = class extends Vraie {
    constructor(adresse) {
      super(window.panne ? `${adresse}`.replace("jeton=", "jeton=x") : adresse);
      window.prise = this;
      this.addEventListener("close", () => window.panne === 1 && noter("avant", 1900));
    }
  };
  window.couper = () => {
    window.panne = 1;
    window.prise.addEventListener("close", () => ((window.panne = 2), noter("apres", 2500)));
    window.prise.close();
  };
  window.fetch = (...demande) => (window.panne ? Promise.reject(new TypeError("panne")) : demander(...demande));
}"""


def test_a_cut_is_said_after_two_seconds_and_the_screen_comes_back_by_itself(page_en_panne, salle):
    """By two timers of the page set just before its own and just after: however late, they ring in their order."""
    page = page_en_panne
    page.evaluate(PANNE)
    suivre(page, salle)
    jusqu_a(page, "window.mots.at(-1) === 'directe'")
    page.evaluate("window.couper()")
    jusqu_a(page, "'apres' in window")
    assert page.evaluate("[window.avant, window.apres]") == ["directe", "coupee"]
    page.evaluate("window.panne = false")
    etape = salle.etapes.get(nature="synthese")
    actions.ouvrir_etape(etape=etape, par=None)
    attendre_etape(page, etape.titre)
    jusqu_a(page, "window.mots.at(-1) === 'directe'")


def test_a_phone_puts_what_changes_on_the_list_of_pistes_its_page_has(ouvrir, salle):
    atelier = faire_atelier(salle.consultation, code="PPPPP2", titre="Autre")
    faire_etapes(atelier, "ideation", "regroupement")
    un, deux, quatre, trois = faire_pistes(atelier, 4)
    Piste.objects.filter(pk=trois.pk).update(numero=40)
    actions.ouvrir_etape(etape=atelier.etapes.get(nature="ideation"), par=None)
    telephone = ouvrir(f"/a/{atelier.code}/", qui=faire_participant(atelier))
    jusqu_a(telephone, "document.getElementById('contenu').dataset.ecran")
    actions.ouvrir_etape(etape=atelier.etapes.get(nature="regroupement"), par=None)
    lire = "[...document.querySelectorAll('#pistes [data-texte]')].map((p) => p.textContent)"
    jusqu_a(telephone, f"{lire}.length === 4")
    actes.formuler_piste(piste=un, texte="Redite", par=None)
    actes.regrouper(espace=atelier.espace, par=None, pistes=[quatre], dans=deux, texte="Ensemble")
    jusqu_a(
        telephone, f"JSON.stringify({lire}) === JSON.stringify(['Redite', 'Ensemble', {json.dumps(trois.texte)}])"
    )
    Piste.objects.filter(pk=quatre.pk).update(fusionnee_dans=None, texte="Revenue")
    annonces.avancer(atelier.pk)
    attendu = ["Redite", "Ensemble", "Revenue", trois.texte]
    jusqu_a(telephone, f"JSON.stringify({lire}) === JSON.stringify({json.dumps(attendu)})")
