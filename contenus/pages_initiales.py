"""The words of the first pages. Editors change them; they are here so that no site opens empty or silent."""

import re

ACCUEIL = {
    "title": "Accueil",
    "slug": "accueil",
    "chapeau": (
        "Le germoir, c’est l’endroit où les graines lèvent. Ici, les associations de l’insertion réfléchissent "
        "ensemble. On propose, on regroupe, on vote, on publie. Et chacun peut suivre ce que devient son idée."
    ),
    "search_description": "Des ateliers où chacun propose, et où l’on sait ce que deviennent les idées.",
}
SYNTHESES = {
    "title": "Synthèses",
    "slug": "syntheses",
    "show_in_menus": True,
    "chapeau": "Ce que chaque région a proposé et voté. Chaque piste dit de quelles propositions elle est née.",
}
FILS = {
    "title": "Fil d’Info",
    "slug": "fil-info",
    "show_in_menus": True,
    "chapeau": "La lettre des groupes qualité. Elle dit ce qui avance, et pose les questions qui restent.",
}

FICHES = {
    "title": "Fiches",
    "slug": "fiches",
    "show_in_menus": True,
    "chapeau": "Des entreprises et des territoires racontent ce qu’ils ont essayé, et ce qui en est sorti.",
}


def _texte(html):
    """One block of rich text, its source lines joined; no-break spaces are kept."""
    return ("texte", re.sub(r"[ \n]*\n[ \n]*", " ", html.strip()))


def _titre(mots):
    return ("titre", mots)


ACCESSIBILITE = [
    _texte(
        """
        <p>Germoir est fait pour être utilisé par tout le monde : sur un vieux téléphone, au clavier, avec
        un lecteur d’écran, avec de grands caractères.</p>
        """
    ),
    _titre("Où nous en sommes"),
    _texte(
        """
        <p>Germoir est <b>non conforme</b> au référentiel général d’amélioration de l’accessibilité (RGAA
        4.1) : <b>aucun audit n’a encore été fait</b>, et sans audit un site ne peut pas se dire conforme. Nos
        propres vérifications, avec des outils automatiques et au clavier, ne trouvent qu’une partie des
        défauts.</p>
        """
    ),
    _titre("Ce qui n’est pas encore vérifié"),
    _texte(
        """
        <ul><li>L’utilisation complète avec un lecteur d’écran.</li>
        <li>Les documents déposés par les organisateurs : nous ne contrôlons pas s’ils sont
        accessibles.</li>
        <li>L’espace de gestion, réservé aux organisateurs et aux éditeurs.</li>
        <li>Les essais avec des personnes qui lisent difficilement.</li>
        </ul>
        """
    ),
    _titre("Quelque chose vous bloque ?"),
    _texte(
        """
        <p>Dites-le-nous. L’information vous sera donnée autrement : sur papier, par téléphone ou de vive
        voix. Vous pouvez toujours participer avec une carte en papier.</p>
        """
    ),
    ("contact", None),
    _texte(
        """
        <p>Si personne ne vous répond, vous pouvez écrire au Défenseur des droits. C’est gratuit : <a
        href="https://formulaire.defenseurdesdroits.fr/">formulaire du Défenseur des droits</a>, ou par
        courrier sans timbre : Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.</p>
        """
    ),
]
DONNEES = [
    _texte(
        """
        <p>Nous gardons le moins de choses possible sur vous. Voici lesquelles, pourquoi, et comment les
        effacer.</p>
        """
    ),
    _titre("Ce que nous gardons"),
    _texte(
        """
        <ul><li>Votre prénom ou un surnom, et le groupe au nom duquel vous parlez.</li>
        <li>Votre nom et votre structure, seulement si vous les avez donnés à l’inscription.</li>
        <li>Votre adresse de courriel, seulement si vous la laissez pour recevoir votre code. Elle est effacée peu
        après la rencontre.</li>
        <li>Ce que vous avez proposé, mot pour mot, et vos réponses aux questionnaires que vous remplissez. Les
        organisateurs lisent ce que vous y écrivez, avec votre groupe.</li>
        <li>Vos votes. Personne ne les voit : ni les animateurs, ni les organisateurs. Seuls les totaux sont
        montrés. Ce que vous avez choisi n’est affiché que sur l’appareil qui a voté : un code imprimé par
        d’autres n’ouvre pas vos votes.</li>
        <li>Un code personnel, pour retrouver vos propositions. Quand un organisateur imprime ou exporte des
        codes, le journal garde qui l’a fait et pour combien de personnes.</li>
        </ul>
        """
    ),
    _titre("Ce que nous ne gardons pas"),
    _texte(
        """
        <ul><li>L’adresse de votre appareil avec vos propositions ou vos votes.</li>
        <li>Votre chemin d’une page à l’autre : il n’y a ni publicité, ni mesure d’audience, ni bouton d’un
        autre site.</li>
        </ul>
        """
    ),
    _titre("Ce qui est publié"),
    _texte(
        """
        <p>Les pistes écrites par le groupe et les totaux des votes sont publiés. Vos propres mots ne sont
        cités que si vous avez dit oui, et jamais avec votre nom. Vous répondez quand vous entrez, et vous changez
        d’avis sur votre page : les documents en ligne suivent aussitôt. Quand moins de cinq personnes d’un groupe
        ont voté, le détail de ce groupe n’est pas montré.</p>
        """
    ),
    _titre("Les petits fichiers sur votre téléphone"),
    _texte(
        """
        <p>Germoir pose un petit fichier (« cookie ») pour vous reconnaître d’un écran à l’autre. D’autres
        protègent les formulaires et retiennent votre langue. Aucun ne sert à vous suivre.</p>
        """
    ),
    _titre("Combien de temps"),
    _texte(
        """
        <ul><li>Ce que vous avez proposé et voté : tant que les organisateurs gardent l’atelier ou le forum. Rien
        ne s’efface avant, sauf si vous le demandez.</li>
        <li>Le petit fichier qui vous reconnaît : treize mois, ou moins si vous dites que ce téléphone n’est pas à
        vous.</li>
        <li>Les connexions des organisateurs : deux semaines. Elles sont ensuite effacées chaque jour.</li>
        </ul>
        """
    ),
    _titre("Voir, emporter, effacer"),
    _texte(
        """
        <p>Ouvrez <a href="/moi/">votre page</a> avec votre code personnel. Vous pouvez y voir ce que nous
        gardons, l’emporter et le faire effacer. Si vous n’avez plus votre code, demandez-le aux
        organisateurs.</p>
        <p>Quand vous effacez vos données, votre nom, votre code, votre accord et vos mots disparaissent, y
        compris des pages déjà publiées. Les pistes que le groupe a écrites et les totaux restent, sans rien qui
        mène à vous. Un document déjà imprimé ou téléchargé ne peut pas être repris.</p>
        <p>Le responsable de ces données est l’association qui organise l’atelier ou le forum. Si sa réponse
        ne vous va pas, vous pouvez écrire à la CNIL : <a
        href="https://www.cnil.fr/fr/plaintes">www.cnil.fr</a>.</p>
        """
    ),
    ("contact", None),
]
MENTIONS = [
    _titre("Qui édite ce site"),
    ("identite", None),
    _titre("Ce que vous y lisez"),
    _texte(
        """
        <p>Les synthèses et les Fils d’Info sont écrits par des personnes, qui en répondent. Les mots cités sont
        ceux de participants qui ont dit oui. Si une page parle de vous et que cela vous gêne, écrivez-nous.</p>
        """
    ),
    _titre("Le logiciel"),
    _texte(
        """
        <p>Ce site fonctionne avec Germoir, un logiciel libre (licence AGPL 3.0). Il n’affiche ni publicité, ni
        mesure d’audience, ni rien qui vienne d’un autre site.</p>
        """
    ),
]
PAGES = (
    {
        "title": "Accessibilité",
        "slug": "accessibilite",
        "chapeau": "Accessibilité : non conforme.",
        "au_pied": True,
        "corps": ACCESSIBILITE,
    },
    {
        "title": "Données personnelles",
        "slug": "donnees-personnelles",
        "chapeau": "Peu de données, et vous en restez maître.",
        "au_pied": True,
        "corps": DONNEES,
    },
    {
        "title": "Mentions légales",
        "slug": "mentions-legales",
        "chapeau": "Qui édite ce site, et comment joindre ces personnes.",
        "au_pied": True,
        "corps": MENTIONS,
    },
)
