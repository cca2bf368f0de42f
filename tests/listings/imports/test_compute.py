import pytest

from portal.listings.imports.compute import COMPUTE, read_compute
from portal.organisations.imports import Named
from portal.organisations.states import OrganisationKind

PARTITION = {
    "kind": "hpc_partition",
    "source": "radical.pilot",
    "site": "ncsa",
    "name": "delta_gpu_mi100",
    "description": "1 8-way MI100-based GPU node",
    "notes": None,
    "cores_per_node": 128,
    "gpus_per_node": 8,
    "mem_per_node_mb": 256_000,
    "gpu": "mi100",
    "default_queue": "gpuMI100x8",
    "scheduler": "SLURM",
}


def test_a_partition_becomes_a_compute_offer():
    draft = read_compute(PARTITION)

    assert draft.values == {
        "title": "delta_gpu_mi100 at National Center for Supercomputing Applications",
        "description": (
            "1 8-way MI100-based GPU node\n\n### Facts\n\n- Accelerator: mi100\n- Accelerators per node: 8\n- Cores per node: 128"
        ),
        "summary": "1 8-way MI100-based GPU node",
        "place": "",
        "accelerator": "mi100",
        "accelerators_per_node": 8,
        "cores_per_node": 128,
        "memory_gb": 256,
        "software": "- Scheduler: SLURM\n- Queue: gpuMI100x8",
        "grid_region": "",
        "carbon_intensity": None,
    }
    assert draft.by == Named("National Center for Supercomputing Applications", OrganisationKind.INSTITUTE)


@pytest.mark.parametrize("nothing", [0, None, -1, "128", True, 1.5])
def test_what_is_no_number_of_something_is_unknown(nothing):
    draft = read_compute({**PARTITION, "cores_per_node": nothing, "mem_per_node_mb": nothing})

    assert (draft.values["cores_per_node"], draft.values["memory_gb"]) == (None, None)


def test_a_cloud_region_tells_its_grid():
    draft = read_compute(
        {
            "kind": "cloud_region",
            "provider": "gcp",
            "provider_name": "Google Cloud Platform",
            "name": "europe-north1",
            "country": "Finland",
            "city": "Hamina",
            "grid_gco2_per_kwh": "46",
            "offset_ratio": "100",
        }
    )

    assert draft.values["grid_region"] == "europe-north1 (Hamina, Finland)"
    assert draft.values["carbon_intensity"] == 46
    assert draft.by == Named("Google Cloud Platform", OrganisationKind.COMPANY)


def test_an_instance_belongs_to_its_cloud():
    draft = read_compute({"kind": "cloud_instance", "provider": "aws", "name": "p2.xlarge", "gpu": " Tesla K80"})

    assert draft.by == Named("Amazon Web Services", OrganisationKind.COMPANY)
    assert draft.values["accelerator"] == "Tesla K80"


def test_the_same_name_at_two_sites_is_two_offers():
    assert COMPUTE.origin_of(PARTITION).source_id == "hpc_partition/ncsa/delta_gpu_mi100"
    assert COMPUTE.origin_of({**PARTITION, "site": "tacc"}).source_id == "hpc_partition/tacc/delta_gpu_mi100"


@pytest.mark.parametrize("value", [None, "", 5, [], {}, ["a", 1, None], True, -1.5])
def test_a_field_of_the_wrong_type_breaks_nothing(value):
    for name in [*PARTITION, "provider", "provider_name", "city", "country", "grid_gco2_per_kwh", "offset_ratio"]:
        read_compute({**PARTITION, name: value})
