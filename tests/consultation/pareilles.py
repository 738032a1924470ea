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

#: The same, as people type them on a phone: other words, letters missing or swapped, no accents. One idea a block.
TAPEES = [
    [ligne.strip() for ligne in bloc.strip().splitlines()]
    for bloc in """
    Avoir un tuteur les premiers jours dans l'atelier
    un tuteur pour les premier jours a l'atelier
    Quelqu'un qui nous accompagne au debut, un tuteur
    Le tuteur doit etre la des le premier jour

    Faire un point chaque mois avec son accompagnateur
    un point par mois avec l'acompagnatrice
    Des entretiens tous les mois, un vrai point avec elle
    Point mensuel avec mon accompagnateur socio pro

    Expliquer la fiche de paie simplement
    Comprendre ma fiche de paye
    on ne comprend rien a la fiche de paie, l'expliquer
    Une réunion pour lire la fiche de paie ensemble

    Mettre en place une crèche ou une garde d'enfants
    une place en creche pour nos enfants
    Garde d'enfant le matin, une creche à coté
    Avoir une solution de garde pour les enfants, comme une crèche

    Visiter des entreprises avant la fin du contrat
    visiter les entreprise avant de partir
    Des visites en entreprise avant la sortie
    Aller voir des entreprises, visites de chantier ailleurs

    Faire des stages dans d'autres métiers
    un stage pour decouvrir un autre metier
    Stages de decouverte dans plusieurs metiers
    pouvoir essayer d'autres métiers par des stages

    Afficher le planning deux semaines à l'avance
    le planing affiché 2 semaines avant
    Connaitre son planning à l'avance, pas la veille
    Planning donné deux semaine en avance

    Changer les gants et les chaussures plus souvent
    des gants neuf et de bonnes chaussures
    Les chaussures de sécurité sont usées, les changer
    Des équipements corrects : gants, chaussures

    Un vestiaire propre avec des casiers qui ferment
    des casier qui ferment a clé au vestiaire
    Vestiaires propres et casiers
    Le vestiaire est sale, et il manque des casiers

    Apprendre à utiliser un ordinateur
    cours d'ordinateur pour debutants
    Apprendre l'ordinateur, envoyer un mail
    Initiation a l'ordinateur et aux mails

    Refaire mon CV avec quelqu'un
    aide pour faire un cv
    Atelier CV chaque semaine
    Ecrire son CV et une lettre avec de l'aide

    Un atelier de français pour ceux qui parlent peu
    cours de francais sur le temps de travail
    Aprendre le français pendant le travail
    Des cours de français pour tous les salariés

    Inviter les anciens à raconter leur parcours
    les ancien salariés viennent raconter
    Que d'anciens salariés racontent ce qu'ils sont devenus
    Faire venir des anciens pour qu'ils parlent de leur parcours

    Une boite à idées relevée chaque mois
    boite a idées dans la salle
    Une boîte à idée et des réponses tous les mois
    Mettre une boite a idees et la lire en réunion

    Que les chefs disent bonjour et écoutent
    le chef pourrait dire bonjour
    Dire bonjour le matin, les chefs aussi
    Un chef qui écoute et qui dit bonjour

    Un repas partagé chaque trimestre
    manger ensemble une fois par trimestre, repas partager
    Organiser un repas entre équipes
    Repas de toutes les équipes ensemble

    Apprendre à conduire un chariot, passer le caces
    passer le CACES chariot
    Le caces pour les volontaires
    Formation au chariot élévateur (caces)

    Des lunettes et des soins : voir un médecin
    un bilan de santé avec un medecin
    Rencontrer un médecin au début du parcours
    Bilan de sante offert, avec le médecin

    Aider à trouver un logement
    trouver un logment stable
    Aide au logement pour ceux qui n'en ont pas
    Un logement avant tout, aider à chercher

    Parler des dettes avec quelqu'un de confiance
    de l'aide pour les dettes
    Un rendez-vous pour les dettes et le budget
    gérer son budget et ses detes

    Un parrain dans une entreprise voisine
    chacun un parrain d'entreprise
    Avoir un parain qui travaille en entreprise
    Parrainage par des gens d'entreprise

    Trier mieux les déchets du chantier
    trie des dechets sur chantier
    Le tri des déchets sur nos chantiers
    Des bennes pour trier les déchets

    Réparer le camion qui tombe en panne
    le camion est toujours en panne
    Un camion qui marche, il est en panne
    Changer le vieux camion

    Mettre du chauffage dans l'atelier en hiver
    il fait froid dans l'atelier, chauffage
    Chauffer l'atelier l'hiver
    Un chaufage à l'atelier bois

    De l'eau fraîche quand il fait chaud
    des fontaine a eau l'été
    Une fontaine à eau sur les chantiers d'été
    Avoir de l'eau fraiche sur le chantier

    Commencer plus tôt les jours de canicule
    horaires d'été quand il fait trop chaud
    Pendant la canicule, changer les horaires
    Embaucher à 6 h en cas de canicule

    Valider ce qu'on sait faire par un diplôme
    une VAE pour avoir un diplome
    Obtenir un diplôme avec l'expérience (vae)
    Diplôme reconnu à la fin, par la VAE

    Un bilan écrit à la fin du contrat
    bilan de fin de contrat ecrit ensemble
    Recevoir un bilan écrit quand on part
    A la fin du contrat, faire un bilan par écrit

    Rester en contact après la sortie
    qu'on nous appel après la sortie
    Un appel six mois après être sorti
    Garder le contact apres le contrat

    Faire élire des délégués par atelier
    elire un délégué dans chaque atelier
    Des delegués élus qui parlent pour nous
    Élection de délégués, un par équipe

    Lire les comptes rendus du conseil
    afficher le compte rendu du conseil d'administration
    Avoir les comptes rendus du CA affichés
    les compte-rendu du conseil visibles par tous

    Faire tourner les postes pour ne pas se lasser
    changer de poste chaque semaine
    Tourner sur les postes, c'est moins fatigant
    La rotation des postes toutes les semaines

    Alléger les charges lourdes, avoir un diable
    des diables pour les charges lourde
    Moins porter lourd, avec du matériel
    Un transpalette pour les charges lourdes

    Filmer les gestes pour les revoir
    des videos des gestes du métier
    Faire des vidéos courtes avec nos gestes
    Filmer les gestes et les regarder ensemble

    Écrire les règles de vie ensemble
    des regles de vie ecrites avec nous
    Faire nous-mêmes les règles de l'atelier
    Une charte de regles faite avec les salariés

    Un endroit calme pour parler seul à seul
    un bureau calme pour l'entretien
    Parler dans un endroit fermé et calme
    Avoir une piece calme pour les rendez-vous

    Compter le temps de trajet
    payer le temps de trajet jusqu'au chantier
    Le trajet vers le chantier doit compter comme travail
    temps de trajets payés

    Un covoiturage entre collègues
    organiser le covoiturage
    Covoiturage pour venir à l'atelier
    Faire du co-voiturage entre nous

    Prêter un vélo ou une mobylette
    des velos pretés pour venir
    Location de mobylettes et de vélos à bas prix
    Preter des vélos aux nouveaux

    Faire connaître la structure aux habitants
    les habitant ne savent pas ce qu'on fait
    Une journée portes ouvertes pour les habitants
    Portes ouvertes : montrer la structure au quartier

    Vendre nos produits au marché
    un stand au marcher pour nos légumes
    Tenir un stand sur le marché du samedi
    Vendre les légumes directement au marché

    Demander l'avis des clients
    questionaire aux clients
    Savoir si les clients sont contents, leur avis
    Interroger les clients sur notre travail

    Former les encadrants à l'écoute
    une formation écoute pour les encadrant
    Que les encadrants apprennent à écouter
    Encadrants formés à la pédagogie et à l'écoute

    Plus d'encadrants par équipe
    il manque des encadrants
    Un encadrant pour huit personnes au plus
    Recruter d'autres encadrants, équipes trop grandes

    Un groupe de parole entre femmes
    groupe de femmes pour parler
    Un moment entre femmes une fois par mois
    Creer un groupe de parole femmes

    Lutter contre les moqueries et le racisme
    stop au racisme dans l'équipe
    Agir vite contre le racisme et les moqueries
    Une regle claire contre les moqueries

    Un suivi psychologique pour qui le veut
    pouvoir voir un psychologue
    Un psychologue présent une fois par mois
    Consultation gratuite avec un psy

    Faire du sport ensemble le vendredi
    sport le vendredi
    Une heure de sport par semaine en équipe
    S'échauffer et faire du sport avant de travailler

    Sorties culturelles : musée, théâtre
    aller au musee ou au theatre ensemble
    Une sortie au théâtre par an
    Des sorties au musée, au cinéma

    Planter des arbres autour du site
    des arbre pour avoir de l'ombre
    Plus d'arbres et d'ombre dehors
    Planter une haie et des arbres

    Acheter moins d'emballages plastiques
    moins de plastiques dans les emballage
    Supprimer le plastique des emballages
    Des emballages sans plastique pour nos paniers

    Donner un vrai salaire pour la formation
    etre payé pendant la formation
    La formation sur le temps payé
    Se former en étant payés, pas le soir

    Fêter les sorties vers l'emploi
    une fete quand quelqu'un trouve un emploi
    Fêter ceux qui trouvent un travail
    Célébrer chaque embauche en CDI

    Un livret qui explique les sigles
    on comprend pas les sigles
    Un lexique des sigles pour les nouveaux
    Expliquer les sigles : CIP, ACI, CDDI

    Un contrat plus long pour apprendre vraiment
    des contrats plus long
    Contrats d'un an au lieu de quatre mois
    Allonger la durée du contrat

    Travailler plus d'heures par semaine
    avoir 30 heures au lieu de 20 h
    Plus d'heures pour un meilleur salaire
    Passer à 35 heures pour ceux qui veulent

    Décider ensemble de l'achat des outils
    choisir les outil avec les salariés
    Nous demander avant d'acheter des outils
    Choisir ensemble les nouveaux outils

    Un numéro à appeler en cas d'absence
    prevenir par sms quand on est absent
    Un seul numéro pour prévenir d'une absence
    Pouvoir envoyer un SMS en cas d'absence

    Réunir toute l'équipe le lundi matin
    reunion d'equipe le lundi
    Une réunion courte chaque lundi pour l'équipe
    Se réunir le lundi pour organiser la semaine

    Chercher des clients dans la commune
    travailler pour la mairie et la commune
    Plus de marchés avec la mairie
    Des commandes de la commune toute l'année
    """.strip().split("\n\n")
]
