"""Who a name means, on a day; who held an office; what belongs to what."""

from datetime import date

import pytest

from dragoman.knowledge import Knowledge, load_knowledge

DAY = date(2022, 3, 21)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("Zaire", "COD"),
        ("Burma", "MMR"),
        ("Swaziland", "SWZ"),
        ("U.S.", "USA"),
        ("US", "USA"),
        ("the Gambia", "GMB"),
        ("NATO", "NATO"),
        ("Nato", "NATO"),
        ("CSCE", "OSCE"),
        ("HD Centre", "HD-CENTRE"),
        ("Sant'Egidio", "SANTEGIDIO"),
        ("Tamil Tigers", "LTTE"),
        ("Sinn Fein", "SINN-FEIN"),
        ("Hizbollah", "HEZBOLLAH"),
        ("Sergei Lavrov", "sergey-lavrov"),
        ("Sergei V. Lavrov", "sergey-lavrov"),
        ("President Erdogan", "recep-tayyip-erdogan"),
        ("Russian Foreign Minister Sergey Lavrov", "sergey-lavrov"),
        ("US President Joe Biden", "joe-biden"),
        ("U.S. Secretary of State Antony Blinken", "antony-blinken"),
        ("NATO Secretary General Jens Stoltenberg", "jens-stoltenberg"),
        ("Turkey's President Recep Tayyip Erdogan", "recep-tayyip-erdogan"),
        ("Mr Kuleba", "dmytro-kuleba"),
        ("Zelensky", "volodymyr-zelenskyy"),
        ("Zelenskiy", "volodymyr-zelenskyy"),
        ("Stoltenberg", "jens-stoltenberg"),
        ("Stoltenberg's", "jens-stoltenberg"),
        ("IDF", "ISR:MIL"),
    ],
)
def test_a_name_is_known_in_its_usual_forms(knowledge: Knowledge, name: str, identifier: str) -> None:
    assert knowledge.lookup(name, DAY)[0].id == identifier


@pytest.mark.parametrize("name", ["us", "turkey", "who", "un", "", "  ", "Xyzzyx", "may", "the", "is"])
def test_small_letters_and_strangers_name_nobody(knowledge: Knowledge, name: str) -> None:
    assert knowledge.lookup(name, DAY) == ()


@pytest.mark.parametrize(
    ("name", "identifier", "by"),
    [
        ("Moscow", "RUS", "capital"),
        ("Ankara", "TUR", "capital"),
        ("Kiev", "UKR", "capital"),
        ("the Kremlin", "RUS", "seat"),
        ("Foggy Bottom", "USA", "seat"),
        ("Élysée", "FRA", "seat"),
        ("Quai d'Orsay", "FRA", "seat"),
        ("Zhongnanhai", "CHN", "seat"),
        ("Rashtrapati Bhavan", "IND", "seat"),
        ("10 Downing Street", "GBR", "seat"),
    ],
)
def test_capitals_and_seats_lead_to_the_government(knowledge: Knowledge, name: str, identifier: str, by: str) -> None:
    found = knowledge.lookup(name, DAY)[0]
    assert (found.id, found.by) == (identifier, by)


@pytest.mark.parametrize(
    ("name", "day", "identifier"),
    [
        ("Clinton", date(1995, 5, 1), "bill-clinton"),
        ("Clinton", date(2011, 5, 1), "hillary-clinton"),
        ("Assad", date(1994, 5, 1), "hafez-al-assad"),
        ("Assad", date(2014, 5, 1), "bashar-al-assad"),
        ("Aliyev", date(1998, 5, 1), "heydar-aliyev"),
        ("Aliyev", date(2020, 11, 9), "ilham-aliyev"),
        ("Moscow", date(1990, 6, 1), "SUN"),
    ],
)
def test_who_was_in_office_on_the_day_comes_first(knowledge: Knowledge, name: str, day: date, identifier: str) -> None:
    assert knowledge.lookup(name, day)[0].id == identifier


def test_an_ambiguous_name_gives_all_its_bearers(knowledge: Knowledge) -> None:
    assert {entity.id for entity in knowledge.lookup("Congo", DAY)} == {"COD", "COG"}


@pytest.mark.parametrize(
    ("office", "of", "day", "person"),
    [
        ("foreign minister", "RUS", DAY, "sergey-lavrov"),
        ("foreign minister", "UKR", DAY, "dmytro-kuleba"),
        ("secretary-general", "NATO", DAY, "jens-stoltenberg"),
        ("secretary-general", "UN", date(1999, 4, 1), "kofi-annan"),
        ("president", "FRA", date(2004, 4, 1), "jacques-chirac"),
        ("prime minister", "DEU", date(2010, 4, 1), "angela-merkel"),
        ("prime minister", "CHN", date(2024, 4, 1), "li-qiang"),
        ("foreign minister", "USA", date(1995, 11, 1), "warren-christopher"),
        ("leader", "LTTE", date(2002, 4, 1), "velupillai-prabhakaran"),
    ],
)
def test_the_holder_of_an_office_on_a_day(knowledge: Knowledge, office: str, of: str, day: date, person: str) -> None:
    assert person in [entity.id for entity in knowledge.holders(office, of, day)]


def test_a_person_has_offices_over_time(knowledge: Knowledge) -> None:
    on_the_day = knowledge.offices("recep-tayyip-erdogan", DAY)
    assert (on_the_day[0].office, on_the_day[0].of) == ("president", "TUR")
    earlier = knowledge.offices("recep-tayyip-erdogan", date(2008, 1, 1))
    assert [tenure.office for tenure in earlier] == ["prime minister", "leader"]
    assert knowledge.offices("kofi-annan", DAY) == ()


@pytest.mark.parametrize(
    ("word", "country"),
    [("Turkish", "TUR"), ("Turks", "TUR"), ("Swiss", "CHE"), ("Filipino", "PHL"), ("Soviet", "SUN"), ("polish", None)],
)
def test_a_demonym_leads_to_its_country(knowledge: Knowledge, word: str, country: str | None) -> None:
    assert knowledge.country_of_demonym(word) == country


def test_capitals_borders_and_members(knowledge: Knowledge) -> None:
    assert knowledge.capital_of("Ankara") == "TUR"
    assert knowledge.capital_of("Antalya") is None
    assert "SYR" in knowledge.borders("TUR")
    assert "FIN" in knowledge.members("NATO", date(2024, 1, 1))
    assert "FIN" not in knowledge.members("NATO", DAY)
    assert "NATO" in knowledge.bodies_of("TUR", DAY)


@pytest.mark.parametrize(
    ("title", "of", "office"),
    [
        ("Foreign Minister", None, "foreign minister"),
        ("FM", None, "foreign minister"),
        ("Premier", None, "prime minister"),
        ("top diplomat", None, "foreign minister"),
        ("top diplomat", "EU", "high representative"),
        ("Secretary of State", "USA", "foreign minister"),
        ("chancellor", "DEU", "prime minister"),
        ("strongman", None, "leader"),
        ("acting president", None, "president"),
        ("special envoy", None, "special envoy"),
        ("carpenter", None, None),
    ],
)
def test_a_title_leads_to_the_normal_office(
    knowledge: Knowledge, title: str, of: str | None, office: str | None
) -> None:
    assert knowledge.office_title(title, of) == office


@pytest.mark.parametrize(
    ("noun", "sector", "kind"),
    [
        ("troops", "MIL", "people"),
        ("rebel", "REB", "people"),
        ("lawmaker", "LEG", "person"),
        ("protesters", "CVL", "people"),
        ("gunmen", "UAF", "people"),
        ("court", "JUD", "organization"),
        ("spokesman", None, "person"),
        ("country", None, "state"),
    ],
)
def test_a_noun_tells_its_sector_and_kind(knowledge: Knowledge, noun: str, sector: str | None, kind: str) -> None:
    found = knowledge.noun(noun)
    assert found is not None
    assert (found.sector, found.kind) == (sector, kind)


def test_a_country_with_a_sector_is_an_actor(knowledge: Knowledge) -> None:
    army = knowledge.entity("UKR:MIL")
    assert army is not None
    assert (army.country, army.sector, army.of) == ("UKR", "MIL", "UKR")
    assert knowledge.entity("UKR:XXX") is None


def test_conflicts_have_known_parties(knowledge: Knowledge) -> None:
    aceh = next(conflict for conflict in knowledge.conflicts if conflict.id == "ACEH")
    assert aceh.parties == ("IDN", "GAM")
    assert (aceh.start, aceh.end) == (1976, 2005)


def test_well_known_mediators_are_known(knowledge: Knowledge) -> None:
    names = [
        "Martti Ahtisaari", "Lakhdar Brahimi", "Richard Holbrooke", "George Mitchell", "Alvaro de Soto", "Dag Nylander",
        "Lazaro Sumbeiywo", "Erik Solheim", "Geir Pedersen", "Hans Grundberg", "Miroslav Lajcak", "Steve Witkoff",
        "Mohammed al-Khulaifi", "Ketumile Masire", "Julius Nyerere", "Jan Egeland", "Alioune Blondin Beye",
    ]  # fmt: skip
    unknown = [name for name in names if not any(found.kind == "person" for found in knowledge.lookup(name))]
    assert unknown == []


@pytest.mark.parametrize("word", ["part", "parts", "gun", "land", "minute"])
def test_a_noun_is_an_agent_only_as_a_whole_word(word: str) -> None:
    assert load_knowledge().noun(word) is None


@pytest.mark.parametrize(("word", "sector"), [("militias", "PRM"), ("gunmen", "UAF"), ("rebels", "REB")])
def test_plurals_of_agents_are_agents(word: str, sector: str) -> None:
    assert load_knowledge().sector_of_noun(word) == sector


@pytest.mark.parametrize(
    ("person", "day", "office", "of"),
    [
        ("bill-clinton", date(1998, 10, 24), "president", "USA"),
        ("tony-blair", date(1998, 4, 10), "prime minister", "GBR"),
        ("faure-gnassingbe", date(2025, 7, 1), "president of the council of ministers", "TGO"),
        ("josep-borrell", date(2023, 3, 1), "high representative", "EU"),
    ],
)
def test_a_person_is_what_he_was_on_the_day(person: str, day: date, office: str, of: str) -> None:
    found = load_knowledge().last_office(person, day)
    assert found is not None
    assert (found.office, found.of) == (office, of)


def test_no_person_goes_by_a_successors_name() -> None:
    found = load_knowledge().lookup("Joseph Kabila Kabange", date(2002, 12, 17))
    assert [person.id for person in found[:1]] == ["joseph-kabila"]


def test_international_bodies_have_their_seats(knowledge: Knowledge) -> None:
    seats = {body: knowledge.entity(body).seats for body in ("AU", "IGAD", "UN", "ICRC")}
    assert seats == {"AU": ("ETH",), "IGAD": ("DJI",), "UN": ("USA", "CHE", "AUT", "KEN"), "ICRC": ("CHE",)}


@pytest.mark.parametrize(
    ("name", "day", "office", "of"),
    [
        ("Oscar Santamaria", "1991-09-10", "chief negotiator", "SLV"),
        ("Juan Camilo Restrepo", "2017-03-10", "chief negotiator", "COL"),
        ("Juan Camilo Restrepo", "2021-09-10", "high commissioner for peace", "COL"),
        ("Valery Litskay", "2004-05-10", "foreign minister", "TRANSNISTRIA"),
        ("Deng Alor", "2008-05-10", "foreign minister", "SDN"),
        ("Lul Ruai Koang", "2014-06-10", "spokesperson", "SPLM-IO"),
        ("Lul Ruai Koang", "2017-06-10", "military spokesperson", "SSD"),
        ("Lars Solvberg", "2007-05-10", "head of mission", "SLMM"),
        ("Charles Dunbar", "1998-06-10", "special representative", "UN"),
        ("Goga Khaindrava", "2005-06-10", "minister", "GEO"),
        ("Chun Yung-woo", "2007-02-13", "chief negotiator", "KOR"),
        ("Aung Kyi", "2008-02-10", "minister", "MMR"),
        ("Klaus Reinhardt", "1999-12-10", "commander", "KFOR"),
        ("Bertrand de Lapresle", "1994-09-10", "commander", "UNPROFOR"),
        ("Joe Sills", "1994-05-24", "spokesperson", "UN"),
        ("Claude Dusaidi", "1993-05-24", "representative", "RPF"),
        ("Arthur Hartman", "1974-08-10", "assistant secretary of state", "USA"),
        ("Joseph Mobutu", "1960-09-14", "chief of the general staff", "COD"),
    ],
)
def test_who_stands_beside_the_great_in_a_peace_process_is_known(
    knowledge: Knowledge, name: str, day: str, office: str, of: str
) -> None:
    on = date.fromisoformat(day)
    person = knowledge.lookup(name, on)[0]
    assert (office, of) in {(tenure.office, tenure.of) for tenure in knowledge.offices(person.id, on)}


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("J.N. Dixit", "j-n-dixit"),
        ("S.M. Krishna", "s-m-krishna"),
        ("Indian External Affairs Minister S.M. Krishna", "s-m-krishna"),
    ],
)
def test_initials_may_be_written_without_spaces(knowledge: Knowledge, name: str, identifier: str) -> None:
    assert knowledge.lookup(name, date(2010, 7, 15))[0].id == identifier


def test_a_chief_of_police_is_police(knowledge: Knowledge) -> None:
    person = knowledge.lookup("Michel Francois", date(1993, 7, 2))[0]
    tenure = knowledge.last_office(person.id, date(1993, 7, 2))
    assert tenure is not None
    assert knowledge.sector_of_office(tenure) == "COP"
