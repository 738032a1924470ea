"""Recompte ce qui est publié, à partir de donnees.json seul, et le compare à resultats.csv. python3 rejouer.py"""

import csv
import json
import sys
from fractions import Fraction


def groupes(ligne):
    """(pour, sur) de chaque collège au chiffre exact, et de tous les autres ensemble, par soustraction."""
    if ligne["forme"] != "exact":
        return [(0 if ligne["forme"] == "peu" else ligne["sur"] - 1, ligne["sur"])]
    exacts = [(c["personnes"], c["sur"]) for c in ligne["colleges"].values() if c["forme"] == "exact"]
    pour, sur = (sum(n) for n in zip((0, 0), *exacts, strict=True))
    return [*exacts, (ligne["personnes"] - pour, ligne["sur"] - sur)]


def accord(regle, siens):
    """La part d’accord, selon la règle du vote."""
    parts = [Fraction(pour, sur) for pour, sur in siens if sur] or [Fraction(0)]
    tous = Fraction(sum(pour for pour, _ in siens), sum(sur for _, sur in siens) or 1)
    return {"personnes": tous, "colleges_egaux": sum(parts) / len(parts), "tous_colleges": min(parts)}[regle]


def part_tenue(quorum, ligne):
    """Le collège porte-t-il sûrement sa part du soutien ? Le doute compte pour non."""
    case = ligne["colleges"].get(quorum["college"], {"forme": "tu"})
    if not quorum["part_min"]:
        return True
    if case["forme"] == "tu" or ligne["forme"] != "exact":
        return False
    bas = {"exact": case["personnes"], "peu": 0, "presque_tous": max(0, case["sur"] - 1)}
    return 100 * bas.get(case["forme"], case.get("bas")) >= quorum["part_min"] * ligne["personnes"]


def retenue(table, ligne):
    """Vrai si la piste est retenue."""
    r = table["reglages"]
    if any(
        table["colleges"].get(q["college"], {"votants": 0})["votants"] < q["votants_min"] for q in r["quorums"]
    ):
        return False
    if table["silence"] or ligne["forme"] in ("tu", "peu"):
        return ligne.get("objections") == 0 and ligne["forme"] != "tu" and not table["silence"]
    if "objections" in ligne:
        return ligne["objections"] == 0
    if r["quorum"] and r["mode"] == "gommettes" and not ligne["quorum"]:
        return False
    if not all(part_tenue(q, ligne) for q in r["quorums"]):
        return False
    if r["quorum"] and r["mode"] == "gommettes" and r["regle"] == "personnes":
        return True
    part = accord(r["regle"], groupes(ligne))
    return (part > 0 or r["regle"] == "tous_colleges") and part >= Fraction(r["seuil"], 100)


def bien_placee(table, ligne):
    """Dans un classement : chaque piste devant a-t-elle plus de points, et chaque piste derrière, moins ?"""
    dites = [autre for autre in table["pistes"].values() if autre.get("points") is not None]
    return ligne.get("points") is None or all(
        (autre["points"] > ligne["points"], autre["points"] < ligne["points"])
        == (autre["place"] < ligne["place"], autre["place"] > ligne["place"])
        for autre in dites
    )


def comparer(dossier="."):
    """Les lignes (vote, piste) dont le recompte ne dit pas ce qui est publié, et combien sont lues."""
    with open(f"{dossier}/donnees.json", encoding="utf-8") as fichier:
        votes = {str(vote["vote"]): vote for vote in json.load(fichier)["votes"]}
    with open(f"{dossier}/resultats.csv", encoding="utf-8-sig", newline="") as fichier:
        publies = [x for x in csv.DictReader(fichier, delimiter=";") if not x["college"]]
    ecarts = []
    for x in publies:
        vote = votes[x["vote"]]
        ligne = vote["table"]["pistes"][x["piste"]]
        compte = "" if ligne["personnes"] is None else str(ligne["personnes"])
        place = "" if ligne.get("place") is None else str(ligne["place"])
        lue, vue = (
            (x["retenue"] == "oui", x["personnes"], x["place"]),
            (retenue(vote["table"], ligne), compte, place),
        )
        if lue != vue or not bien_placee(vote["table"], ligne):
            ecarts.append((x["vote"], x["piste"]))
    return ecarts, len(publies)


if __name__ == "__main__":
    ecarts, lues = comparer(*sys.argv[1:2])
    print(f"{lues} résultats recomptés, {len(ecarts)} différents.", *ecarts)
    sys.exit(bool(ecarts))
