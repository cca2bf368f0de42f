from portal.search.engine.home import Current, Home


def test_every_announcement_can_be_told_from_every_other(tmp_path):
    home = Home(tmp_path)
    stamps = []

    for generation in range(100):
        home.announce(Current("i-1", generation, "shape"), moved=False)
        stamps.append(home.stamp())

    assert len(set(stamps)) == 100
