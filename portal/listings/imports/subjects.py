"""Which OECD field a record belongs to, told by its funder's division, its EuroSciVoc path, or the words of its title.

Source: OECD, Fields of Research and Development (Frascati Manual 2015, table 2.2). The divisions and words are our reading:
a first guess that whoever answers for the listing can correct.
"""

import re
from collections.abc import Iterable

_NSF = {
    "Astronomical": ("1.3",),
    "Atmospheric": ("1.5",),
    "Behavioral": ("5.1", "5.9"),
    "Biological Infrastructure": ("1.6",),
    "Chem, Bioeng": ("2.4", "2.6"),
    "Chemistry": ("1.4",),
    "Civil, Mechanical": ("2.1", "2.3"),
    "Computer and Network": ("1.2",),
    "Computing and Communication": ("1.2",),
    "Cyberinfrastructure": ("1.2",),
    "Earth Sciences": ("1.5",),
    "Electrical": ("2.2",),
    "Engineering Education": ("5.3", "2.11"),
    "Environmental Biology": ("1.6",),
    "Equity": ("5.3",),
    "Geosciences": ("1.5",),
    "Graduate Education": ("5.3",),
    "Human Resource Development": ("5.3",),
    "Information & Intelligent": ("1.2",),
    "Integrative Organismal": ("1.6",),
    "Materials": ("2.5",),
    "Mathematical": ("1.1",),
    "Molecular and Cellular": ("1.6",),
    "Ocean": ("1.5",),
    "Physics": ("1.3",),
    "Polar": ("1.5",),
    "Research On Learning": ("5.3",),
    "Social and Economic": ("5.2", "5.4"),
    "Undergraduate Education": ("5.3",),
}
_EUROSCIVOC = {
    "mathematics": "1.1",
    "computer and information sciences": "1.2",
    "physical sciences": "1.3",
    "chemical sciences": "1.4",
    "earth and related environmental sciences": "1.5",
    "biological sciences": "1.6",
    "civil engineering": "2.1",
    "electrical engineering, electronic engineering, information engineering": "2.2",
    "mechanical engineering": "2.3",
    "chemical engineering": "2.4",
    "materials engineering": "2.5",
    "medical engineering": "2.6",
    "environmental engineering": "2.7",
    "environmental biotechnology": "2.8",
    "industrial biotechnology": "2.9",
    "nanotechnology": "2.10",
    "other engineering and technologies": "2.11",
    "basic medicine": "3.1",
    "clinical medicine": "3.2",
    "health sciences": "3.3",
    "medical biotechnology": "3.4",
    "other medical sciences": "3.5",
    "agriculture, forestry, and fisheries": "4.1",
    "animal and dairy science": "4.2",
    "veterinary sciences": "4.3",
    "agricultural biotechnology": "4.4",
    "psychology": "5.1",
    "economics and business": "5.2",
    "educational sciences": "5.3",
    "sociology": "5.4",
    "law": "5.5",
    "political sciences": "5.6",
    "social geography": "5.7",
    "media and communications": "5.8",
    "history and archaeology": "6.1",
    "languages and literature": "6.2",
    "philosophy, ethics and religion": "6.3",
    "arts": "6.4",
}
_WORDS = tuple(
    (re.compile(rf"\b(?:{words})"), code)  # of a text in small letters: to look for either takes far longer
    for words, code in (
        (r"mathemat|statistic|probabilit|topolog", "1.1"),
        (
            r"software|data|comput|cyber|machine learning|deep learning|algorithm|web|cloud|ai\b|it\b|program|develop|python",
            "1.2",
        ),
        (r"space|astro|quantum|laser|telescope|nuclear physics|particle|optic|photon|x-ray|lunar|moon|galax|planet", "1.3"),
        (r"chemi|molec|catal|pfas", "1.4"),
        (r"climate|ocean|earth|water|atmosph|weather|marine|seism|arctic|meteorolog|snow|streamflow|reservoir", "1.5"),
        (r"bio(?!medical)|gene|genom|cell|protein|species|evolution|bats?\b|mussel|fung", "1.6"),
        (r"bridge|pipeline|highway|building|construction|concrete|transit|traffic|airport", "2.1"),
        (r"electr|wireless|sensor|antenna|hardware|firmware|gpu|chip|radio|circuit|robot|network|signal", "2.2"),
        (r"mechanic|vehicle|aircraft|aero|engine\b|propulsion|brake|turbine|drone|uas\b", "2.3"),
        (r"material|composite|corrosion|alloy|plastic|additive manufactur|welding|rust", "2.5"),
        (r"mri\b|prosthe|implant|stent|imaging|biomedical|diagnostic|telemetr", "2.6"),
        (r"energy|solar|wind|battery|fuel|emission|waste|recycl|nutrient|sustainab|power", "2.7"),
        (r"nano", "2.10"),
        (r"cancer|clinical|patient|heart|hypertension|vaccin|therap|disease|drug|diabet|hospital|organoid|tumou?r", "3.2"),
        (r"health|care\b|wellness|nutrition|obesity|ageing|aging", "3.3"),
        (r"farm|agricult|crop|plant\b|soil|fertili|food|horticult|aquacult|fisher", "4.1"),
        (r"psycholog|behavio|cognit", "5.1"),
        (r"econom|business|market|sales|financ|account|customer|pricing|purchase|management|procure|contracting|audit", "5.2"),
        (r"educat|teach|school|learner|student support|stem\b|curricul", "5.3"),
        (r"social|communit|inclusi|equity|workforce|labou?r", "5.4"),
        (r"law\b|legal|attorney|juris", "5.5"),
        (r"polic(?:y|ies)|government|foreign affairs|public affairs", "5.6"),
        (r"media|communication|journalis", "5.8"),
        (r"heritage|archae|histor|museum|archive", "6.1"),
        (r"language|linguist|translation|literature", "6.2"),
        (r"art\b|arts\b|music|design\b|graphic", "6.4"),
    )
)
MOST_GUESSES = 3  # of the fields told by words; more would say nothing


def of_division(division: str) -> tuple[str, ...]:
    """The fields of a division of the National Science Foundation."""
    return next((codes for words, codes in _NSF.items() if words in division), ())


def of_paths(paths: Iterable[str]) -> tuple[str, ...]:
    """The fields of EuroSciVoc paths: their second level is the OECD's."""
    seconds = (path.strip("/").split("/")[1] for path in paths if path.count("/") > 1)
    return tuple(dict.fromkeys(_EUROSCIVOC[second] for second in seconds if second in _EUROSCIVOC))


def of_words(*texts: str) -> tuple[str, ...]:
    """The fields that the words of the first text speak of, then those of the next."""
    found: dict[str, None] = {}
    for text in map(str.lower, texts):
        for pattern, code in _WORDS:
            if code not in found and pattern.search(text):
                found[code] = None
                if len(found) == MOST_GUESSES:
                    return tuple(found)
    return tuple(found)
