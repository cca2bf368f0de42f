"""Whose records they are, in the words that their licences ask for. Source: the README beside the shipped records."""

from portal.imports.origins import Origin

_CREDITS = {
    "nsf": "National Science Foundation, Award Search",
    "cordis-horizon-europe": "CORDIS, © European Union",
    "sfi": "Science Foundation Ireland, data.gov.ie",
    "uc-ospo-osre": "UC OSPO, Open Source Research Experience",
    "openastronomy-gsoc": "OpenAstronomy",
    "sbir.gov": "SBIR.gov",
    "challenge.gov": "Challenge.gov, General Services Administration",
    "kaggle-solutions": "Farid Rashidi, kaggle-solutions",
    "simplify-summer-2025": "SimplifyJobs, Summer2025-Internships",
    "usajobs": "USAJOBS",
    "free-programming-books": "Free Ebook Foundation, free-programming-books",
    "awesome-mlss": "awesome-mlss",
    "coderefinery": "CodeRefinery",
    "radical.pilot": "RADICAL-Cybertools",
    "mlco2/impact": "ML CO2 Impact",
    "codecarbon": "CodeCarbon",
}
_LICENCES = {
    "US-Gov-PD": "public domain",
    "CC0-1.0 / US-Gov-PD": "CC0 1.0",
    "CC0-1.0": "CC0 1.0",
    "CC-BY-4.0": "CC BY 4.0",
    "facts": "facts only",
}


def credit_of(origin: Origin) -> str:
    """The line of credit, with the licence where there is one."""
    licence = _LICENCES.get(origin.licence, origin.licence)
    return " · ".join(part for part in (_CREDITS.get(origin.source, origin.source), licence) if part)
