"""Sentences that say the same, one list for each idea, written for the tests of `ressemblance`."""

IDEES = [
    [
        "Apprendre le métier en binôme avec quelqu’un qui sait",
        "Apprendre à deux, avec quelqu’un qui sait faire.",
        "Un binôme pour apprendre le métier",
    ],
    [
        "Visiter une autre structure pendant le parcours",
        "VISITER une autre structure, voir comment ils font",
        "Des visites dans d’autres structures",
    ],
    [
        "Un carnet avec des photos de nos gestes",
        "Créer un carnet de gestes, avec nos photos",
        "Photographier les gestes dans un carnet",
    ],
    [
        "Avoir le droit de se tromper une fois",
        "Le droit à l’erreur pour chacun",
    ],
    [
        "Des formations plus courtes et plus proches",
        "Se former près de chez soi, en peu de temps",
        "Former les gens à côté de chez eux avec des formations courtes",
    ],
    [
        "Payer le bus pour venir au travail",
        "Le transport payé jusqu’au travail",
        "Un remboursement des transports pour le travail",
    ],
    [
        "Un livret d’accueil avec des dessins",
        "Accueillir les nouveaux avec un livret dessiné",
        "Livret dessiné pour l’accueil",
    ],
    [
        "Rencontrer des employeurs du territoire",
        "Des rencontres avec les employeurs d’ici",
        "Inviter des entreprises qui emploient sur le territoire",
    ],
    [
        "Traduire les consignes de sécurité",
        "Des consignes de sécurité traduites en plusieurs langues",
        "La sécurité expliquée dans notre langue",
    ],
    [
        "Garder les horaires du matin pour les parents",
        "Des horaires adaptés aux parents d’enfants",
        "Adapter l’horaire pour garder les enfants",
    ],
    [
        "Un référent numérique dans chaque structure",
        "De l’aide numérique : un référent par structure",
    ],
    [
        "Faire évaluer l’atelier par les salariés",
        "Les salariés évaluent leur atelier",
        "Une évaluation de l’atelier faite par les salariés",
    ],
    [
        "Participer au conseil d’administration",
        "La participation des salariés au conseil d’administration",
        "Un salarié qui participe au conseil",
    ],
    [
        "Réparer les machines plus vite",
        "Des réparations rapides des machines",
        "La machine en panne doit être réparée vite",
    ],
    [
        "Une salle de pause chauffée",
        "Chauffer la salle de pause",
    ],
    [
        "Nettoyer les outils à la fin de la journée",
        "Le nettoyage des outils en fin de journée",
    ],
    [
        "Signer le contrat à l’avance",
        "La signature du contrat avant le début",
    ],
    [
        "Préparer la suite du parcours avec un conseiller",
        "La préparation de la suite avec le conseiller",
        "Préparer l’après parcours",
    ],
    [
        "Apprendre à conduire et passer le permis",
        "Une aide pour passer le permis de conduire",
    ],
    [
        "Construire un jardin partagé",
        "La construction d’un jardin partagé avec le quartier",
    ],
    [
        "Partager le planning une semaine avant",
        "Un planning partagé à l’avance",
    ],
    [
        "Embaucher après le parcours",
        "L’embauche en fin de parcours",
    ],
    [
        "Cuisiner ensemble une fois par mois",
        "Une cuisine commune, un repas par mois",
    ],
    [
        "Des gants à la bonne taille",
    ],
    [
        "Dire bonjour le matin",
    ],
    [
        "Moins de papiers à remplir",
    ],
    [
        "Un vestiaire pour les femmes",
    ],
    [
        "La formation des encadrants",
    ],
    [
        "Le formulaire est trop long",
    ],
    [
        "Plus de commandes de la commune",
    ],
    [
        "La commune vend ses légumes",
    ],
    [
        "Un accord pour les congés",
    ],
    [
        "Accorder le piano de la salle",
    ],
    [
        "Le journal interne",
    ],
    [
        "Les journées trop longues",
    ],
    [
        "La direction écoute",
    ],
    [
        "Un directeur présent dans la salle",
    ],
]
