"""Compute offers: partitions of public machines, instances and regions of clouds."""

from typing import Any

from portal.imports.origins import Origin, origin_of
from portal.imports.reading import Record, text_in
from portal.imports.text import to_line
from portal.listings.imports.landing import Draft, Source, bullets, prose, sections, summary_of, title_of
from portal.listings.states import Kind
from portal.organisations.imports import Named
from portal.organisations.states import OrganisationKind

# Short names of sites and providers. Source: the sites' own pages.
_SITES = {
    "access": "ACCESS",
    "anl": "Argonne National Laboratory",
    "csc": "CSC – IT Center for Science",
    "epcc": "EPCC, The University of Edinburgh",
    "eurohpc": "EuroHPC Joint Undertaking",
    "iu": "Indiana University",
    "llnl": "Lawrence Livermore National Laboratory",
    "ncar": "National Center for Atmospheric Research",
    "nccs": "NASA Center for Climate Simulation",
    "ncsa": "National Center for Supercomputing Applications",
    "nersc": "National Energy Research Scientific Computing Center",
    "nioz": "Royal Netherlands Institute for Sea Research",
    "ornl": "Oak Ridge National Laboratory",
    "princeton": "Princeton University",
    "purdue": "Purdue University",
    "rutgers": "Rutgers University",
    "tacc": "Texas Advanced Computing Center",
    "tianjin": "Tianjin Sugon",
    "uva": "University of Virginia",
}
_CLOUDS = {"aws": "Amazon Web Services", "gcp": "Google Cloud Platform", "azure": "Microsoft Azure"}


def read_compute(record: Record) -> Draft:
    """The record as a compute offer. Zeros and nulls both mean that nothing is known."""
    by = _by(record)
    name = to_line(text_in(record, "name"))
    told = prose(text_in(record, "description"))
    region = ", ".join(to_line(text_in(record, part)) for part in ("city", "country") if record.get(part))
    memory = _count(record, "mem_per_node_mb")
    values: dict[str, Any] = {
        "title": title_of(f"{name} at {by.name}") if name else "",
        "description": sections(told, ("Facts", bullets(_facts(record)))),
        "summary": summary_of(told, name, by.name, region, to_line(text_in(record, "gpu"))),
        "place": region[:200],
        "accelerator": to_line(text_in(record, "gpu"))[:120],
        "accelerators_per_node": _count(record, "gpus_per_node"),
        "cores_per_node": _count(record, "cores_per_node"),
        "memory_gb": (memory + 999) // 1000 if memory else None,
        "software": bullets({"Scheduler": record.get("scheduler"), "Queue": record.get("default_queue")}),
        "carbon_intensity": _grams(record.get("grid_gco2_per_kwh")),
        "grid_region": f"{name} ({region})"[:120] if record.get("kind") == "cloud_region" else "",
    }
    return Draft(by=by, values=values, fields=("1.2",))


def _origin(record: Record) -> Origin:
    """Names are unique at one site or provider only."""
    own_id = "/".join(text_in(record, name).strip() for name in ("kind", "site", "provider", "name") if record.get(name))
    return origin_of({**record, "id": own_id, "url": record.get("reference")}, "compute_resources")


COMPUTE = Source(Kind.COMPUTE, _origin, read_compute)


def _by(record: Record) -> Named:
    provider = to_line(text_in(record, "provider_name")) or text_in(record, "provider")
    if provider:
        return Named(_CLOUDS.get(provider, provider), OrganisationKind.COMPANY)
    site = text_in(record, "site")
    kind = OrganisationKind.UNIVERSITY if "University" in _SITES.get(site, "") else OrganisationKind.INSTITUTE
    return Named(_SITES.get(site, to_line(site).upper()), kind)


def _count(record: Record, name: str) -> int | None:
    value = record.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _grams(value: Any) -> int | None:
    """The source writes the number now as one, now as text."""
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 5 else None


def _facts(record: Record) -> dict[str, Any]:
    offset = record.get("offset_ratio")
    return {
        "Accelerator": record.get("gpu"),
        "Accelerators per node": _count(record, "gpus_per_node"),
        "Cores per node": _count(record, "cores_per_node"),
        "Offset by the provider": f"{offset} %" if offset else None,
        "To know": record.get("notes"),
    }
