from __future__ import annotations

import gzip
import json
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from itertools import count
from pathlib import Path

import pytest

from dragoman.errors import FetchError
from dragoman.sources import Item, Limits, Options, RawArticle, Refusal, Web, open_source
from dragoman.sources.addresses import is_public, resolve
from dragoman.sources.fetching import Fetcher
from tests.sources.pages import PARAGRAPHS, PUBLISHED, page, pdf
from tests.sources.server import Handler, Server, running
from tests.sources.test_feeds import rss

DAY = date(2001, 8, 13)
NEWS = page(head=PUBLISHED)
QUICK = Web(delay=0, timeout=1, private=True, longest_wait=2)
OPTIONS = Options(web=QUICK, limits=Limits(page=200_000))


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as started:
        yield started


def _items(url: str, options: Options = OPTIONS) -> list[Item]:
    return list(open_source(url, options))


def _refusal(url: str, options: Options = OPTIONS) -> str:
    (item,) = _items(url, options)
    assert isinstance(item.content, Refusal)
    assert isinstance(item.content.error, FetchError)
    return str(item.content)


def test_a_page_is_fetched_with_its_address(server: Server) -> None:
    url = server.add("/news", NEWS)
    (item,) = _items(url)
    assert isinstance(item.content, RawArticle)
    assert (item.content.text, item.content.published, item.content.url) == ("\n".join(PARAGRAPHS), DAY, url)
    assert item.origin.file == url
    assert server.headers[-1]["User-Agent"].startswith("Dragoman/")
    assert server.headers[-1]["Host"] == url.split("/")[2]


def test_a_feed_is_the_pages_that_it_leads_to(server: Server) -> None:
    server.add("/a", NEWS)
    server.add("/b", page(paragraphs=[*PARAGRAPHS, "That was the second page of the day."]))  # states no day itself
    server.add(
        "/d", pdf([[text.replace("“", '"').replace("”", '"') for text in PARAGRAPHS]]), Content_Type="application/pdf"
    )
    day = "<pubDate>Tue, 14 Aug 2001 06:00:00 GMT</pubDate>"
    links = ["/a", "/b", "/missing", "/a", "/d"]
    feed = rss(*(f"<title>News</title><link>{server.url}{link}</link>{day}" for link in links))
    url = server.add("/feed", feed, Content_Type="application/rss+xml")
    items = _items(url)
    assert [item.origin.file.removeprefix(server.url) for item in items] == ["/a", "/b", "/missing", "/d"]
    first, second, missing, paper = (item.content for item in items)
    assert isinstance(first, RawArticle)
    assert first.published == DAY  # the page knows better than the feed
    assert isinstance(second, RawArticle)
    assert second.published == date(2001, 8, 14)
    assert isinstance(missing, Refusal)
    assert "entry 3 of" in str(missing)
    assert "404" in str(missing)
    assert isinstance(paper, RawArticle)
    assert server.asked["/robots.txt"] == 1


def test_a_file_on_the_web_is_read_like_one_on_disk(server: Server) -> None:
    lines = "\n".join(json.dumps({"text": text, "published": "2001-08-13"}) for text in PARAGRAPHS)
    url = server.add("/news.jsonl.gz", gzip.compress(lines.encode()), Content_Type="application/gzip")
    assert len([item for item in _items(url) if isinstance(item.content, RawArticle)]) == 4


def test_what_robots_txt_forbids_is_not_fetched(server: Server) -> None:
    server.add(
        "/robots.txt", "User-agent: *\nDisallow: /*secret$\n\nUser-agent: Dragoman\nDisallow: /private\nCrawl-delay: 1"
    )
    assert "robots.txt forbids" in _refusal(server.add("/private/news", NEWS))
    assert not server.asked["/private/news"]
    assert isinstance(_items(server.add("/public", NEWS))[0].content, RawArticle)


def test_a_redirect_does_not_lead_around_robots_txt(server: Server) -> None:
    server.add("/robots.txt", "User-agent: *\nDisallow: /private")
    server.add("/private", NEWS)
    assert "robots.txt forbids" in _refusal(server.add("/open", "", 302, Location="/private"))


def test_a_site_whose_robots_txt_cannot_be_had_is_left_alone(server: Server) -> None:
    server.add("/robots.txt", "", 500)
    assert "robots.txt cannot be had" in _refusal(server.add("/news", NEWS))
    assert not server.asked["/news"]


def test_redirects_are_followed_but_not_in_circles_nor_for_ever(server: Server) -> None:
    url = server.add("/news", NEWS)
    (item,) = _items(server.add("/old", "", 301, Location="/news"))
    assert isinstance(item.content, RawArticle)
    assert item.content.url == url
    server.add("/one", "", 302, Location="/two")
    server.add("/two", "", 307, Location="/one")
    assert "in a circle" in _refusal(f"{server.url}/one")
    for number in range(9):
        server.add(f"/hop{number}", "", 302, Location=f"/hop{number + 1}")
    assert "more than 5 times" in _refusal(f"{server.url}/hop0")
    for target in ("file:///etc/passwd", "ftp://example.org/", "http://", "//[", "javascript:x"):
        _refusal(server.add("/away", "", 302, Location=target))


def test_a_body_without_end_is_cut_off(server: Server) -> None:
    def endless(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        while True:
            handler.wfile.write(b"<p>and on and on</p>" * 500)

    server.pages["/endless"] = endless
    assert "200,000 bytes" in _refusal(f"{server.url}/endless")


def test_a_body_that_trickles_is_given_up(server: Server) -> None:
    def trickle(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"<p>")
            time.sleep(0.05)

    server.pages["/slow"] = trickle
    options = Options(web=Web(delay=0, timeout=0.2, private=True))
    assert "seconds" in _refusal(f"{server.url}/slow", options)


def test_a_server_that_says_nothing_is_given_up(server: Server) -> None:
    server.pages["/silent"] = lambda handler: time.sleep(0.6)
    waits: list[float] = []
    web = Web(delay=0, timeout=0.2, private=True, tries=2)
    with Fetcher(web, Limits(), sleep=waits.append) as fetcher, pytest.raises(FetchError, match="asked 2 times"):
        fetcher.fetch(f"{server.url}/silent")
    assert waits == [1.0]


def _flaky(server: Server, failures: int, **headers: str) -> str:
    tries = count()

    def answer(handler: Handler) -> None:
        if next(tries) < failures:
            handler.send("busy", 503, **headers)
        else:
            handler.send(NEWS)

    server.pages["/flaky"] = answer
    return f"{server.url}/flaky"


def test_a_busy_server_is_asked_again_when_it_says(server: Server) -> None:
    waits: list[float] = []
    with Fetcher(QUICK, Limits(page=200_000), sleep=waits.append) as fetcher:
        assert fetcher.fetch(_flaky(server, 2)).data == NEWS.encode()
        assert waits == [1.0, 2.0]
        assert fetcher.fetch(_flaky(server, 1, Retry_After="2")).data
        assert waits[2:] == [2.0]
        soon = format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)
        assert fetcher.fetch(_flaky(server, 1, Retry_After=soon)).data
        assert 0 <= waits[3] <= 1
        with pytest.raises(FetchError, match="asks to wait for 3,600 seconds"):
            fetcher.fetch(_flaky(server, 1, Retry_After="3600"))
        with pytest.raises(FetchError, match=r"503; asked 3 times"):
            fetcher.fetch(_flaky(server, 9))


def test_a_host_is_not_asked_faster_than_is_polite(server: Server) -> None:
    server.add("/robots.txt", "User-agent: *\nCrawl-delay: 5")
    now = [100.0]

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    waits: list[float] = []
    web = Web(delay=3, timeout=1, private=True)
    with Fetcher(web, Limits(page=200_000), clock=lambda: now[0], sleep=sleep) as fetcher:
        for number in range(3):
            fetcher.fetch(server.add(f"/{number}", NEWS))
    assert waits == [5.0, 5.0, 5.0]  # from robots.txt to the first page on


def test_a_crawl_delay_of_hours_is_not_waited_for(server: Server) -> None:
    server.add("/robots.txt", "User-agent: *\nCrawl-delay: 7200")
    assert "7,200 seconds" in _refusal(server.add("/news", NEWS))


def test_a_bomb_is_not_unpacked(server: Server) -> None:
    url = server.add("/bomb", gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")
    assert "200,000 bytes" in _refusal(url)


def test_what_is_sent_compressed_is_read_and_damage_is_named(server: Server) -> None:
    packed = gzip.compress(NEWS.encode())
    (item,) = _items(server.add("/gzip", packed, Content_Encoding="gzip"))
    assert isinstance(item.content, RawArticle)
    assert "break off" in _refusal(server.add("/cut", packed[:-100], Content_Encoding="gzip"))
    assert "damaged" in _refusal(server.add("/broken", b"no gzip at all", Content_Encoding="gzip"))
    assert "“br”" in _refusal(server.add("/br", packed, Content_Encoding="br"))


def test_a_page_that_breaks_off_is_not_taken_for_whole(server: Server) -> None:
    url = server.add("/cut", NEWS[:500], Content_Length="5000")
    assert "cannot be reached" in _refusal(url, Options(web=Web(delay=0, timeout=1, private=True, tries=1)))


@pytest.mark.parametrize(("charset", "encoding"), [("iso-8859-1", "utf-8"), ("utf-8", "cp1252"), ("nonsense", "utf-8")])
def test_a_wrong_charset_is_seen_through(server: Server, charset: str, encoding: str) -> None:
    url = server.add("/page", NEWS.encode(encoding), Content_Type=f"text/html; charset={charset}")
    (item,) = _items(url)
    assert isinstance(item.content, RawArticle)
    assert item.content.text == "\n".join(PARAGRAPHS)
    assert item.content.notes


def test_what_is_no_page_is_refused(server: Server) -> None:
    (item,) = _items(server.add("/picture", b"\x89PNG\r\n\x1a\n", Content_Type="image/png"))
    assert "a picture" in str(item.content)
    assert "answers 403" in _refusal(server.add("/no", "no", 403))
    assert "cannot be reached" in _refusal("http://127.0.0.1:9/", Options(web=Web(private=True, delay=0, tries=1)))
    for address in ("http://", "https://[::", "http://a b/", "http://\x00/", f"http://{'a' * 300}.example/"):
        _refusal(address)


def test_the_local_network_is_out_of_bounds(server: Server) -> None:
    url = server.add("/news", NEWS)
    options = Options(web=Web(delay=0))
    assert "not of the public internet" in _refusal(url, options)
    assert "not of the public internet" in _refusal(url.replace("127.0.0.1", "localhost"), options)
    assert "not of the public internet" in _refusal(url.replace("127.0.0.1", "2130706433"), options)
    assert not server.asked


@pytest.mark.parametrize(
    "address",
    """
    127.0.0.1 10.0.0.1
    172.16.3.4 192.168.1.1 169.254.169.254 0.0.0.0 100.64.0.1 224.0.0.1 255.255.255.255 ::1 :: fe80::1
    fe80::1%eth0 fc00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 2002:7f00:1:: 64:ff9b::7f00:1 64:ff9b::a00:1 nonsense
    """.split(),
)
def test_addresses_of_the_house_are_known_in_every_dress(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_of_the_world_are_allowed(address: str) -> None:
    assert is_public(address)


def test_a_name_that_leads_inside_is_refused_even_among_others(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        resolve("rebound.example", 80)


def test_over_tls_the_name_is_checked_though_the_address_is_dialled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Connecting to the address that was checked must not cost the check of the certificate."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl, which makes the certificate, is not there")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    monkeypatch.setattr("certifi.where", lambda: str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with running() as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.add("/news", NEWS)
        url = f"https://localhost:{server.server_port}/news"

        def here(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

        monkeypatch.setattr(socket, "getaddrinfo", here)
        (item,) = _items(url)
        assert isinstance(item.content, RawArticle)
        assert "CERTIFICATE_VERIFY_FAILED" in _refusal(url.replace("localhost", "other.example"))


def test_a_redirect_into_the_local_network_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host is taken for public; where it sends us is not."""
    from dragoman.sources import addresses

    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1")
    server.add("/", "", 302, Location="http://169.254.169.254/latest/meta-data")
    assert "169.254.169.254" in _refusal(f"{server.url}/", Options(web=Web(delay=0, timeout=1)))
