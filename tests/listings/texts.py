"""A full text for each kind of listing, as its form sends it."""

from portal.listings.states import Kind

SHARED = {
    "title": "Predict pump failure from vibration data",
    "summary": "A warning 72 hours ahead, on the gateway we have.",
    "description": "Pumps stop.\n\n## What we bring\n\n- data\n- two engineers",
    "language": "en",
    "skills": "Python\nSignal processing",
    "place": "Port Hallam",
    "remote": True,
    "currency": "EUR",
    "opens_on": "2026-12-01",
    "opens_time": "09:00",
    "closes_on": "2027-01-15",
    "closes_time": "17:00",
    "time_zone": "Europe/Brussels",
    "questions_until": "2027-01-08",
    "visibility": "registered",
    "intake": "proposal",
}
TEXTS = {
    Kind.PROJECT: SHARED
    | {
        "acronym": "PUMP",
        "funder": "A funder",
        "programme": "A programme",
        "amount_minor": "1,200,000",
        "starts_on": "2027-03-01",
        "ends_on": "2028-02-29",
        "trl": "4",
        "partner_sought": "Somebody with pumps.",
        "results": "- a data set",
        "ip_stance": "public",
    },
    Kind.CHALLENGE: SHARED
    | {
        "budget_minor": "90,000",
        "prize_minor": "5,000.50",
        "must_haves": "- runs offline",
        "out_of_scope": "New hardware",
        "criteria": "Clarity, cost",
        "eligibility": "University groups",
        "ip_stance": "shared",
        "trl": "3",
        "duration_months": "9",
        "phases": [
            {"name": "Ideas", "ends_on": "2027-01-15", "criteria": "Novelty", "places": "5"},
            {"name": "Trial", "ends_on": "2027-06-15", "criteria": "It runs", "places": ""},
        ],
    },
    Kind.INTERNSHIP: SHARED
    | {
        "pay_minor": "1,450",
        "pay_period": "month",
        "hours_per_week": "38",
        "starts_on": "2027-03-01",
        "ends_on": "2027-06-20",
        "level": "master",
        "places": "2",
        "supervisor": "Tomas Lindqvist",
        "supervision_hours": "3",
        "credit": True,
        "visa": "sponsored",
        "eligibility": "Enrolled students",
    },
    Kind.TRAINING: SHARED
    | {
        "provider": "Lindmoor Office",
        "level": "professional",
        "mode": "hybrid",
        "taught_in": "fr",
        "cost_minor": "250",
        "prerequisites": "None at all",
        "starts_on": "2027-01-18",
        "ends_on": "2027-01-19",
        "seats": "24",
        "licence": "CC BY 4.0",
        "sessions": [
            {"starts_on": "2027-01-18", "ends_on": "2027-01-19", "place": "Port Hallam", "seats": "12"},
            {"starts_on": "2027-02-18", "ends_on": "", "place": "", "seats": "12"},
        ],
    },
    Kind.COMPUTE: SHARED
    | {
        "accelerator": "A100 80 GB",
        "accelerators_per_node": "8",
        "cores_per_node": "64",
        "memory_gb": "512",
        "gpu_hours": "120000",
        "core_hours": "1000000",
        "software": "Slurm",
        "data_class": "internal",
        "eligibility": "Joint projects",
        "power_watts": "3200",
        "grid_region": "Belgium",
        "carbon_intensity": "138",
        "cost_minor": "2.50",
    },
}
