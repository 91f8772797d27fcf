"""What Schemathesis cannot know. Values of schemathesis.toml that stand for something are put right before a call."""

import collections
import itertools
import socket

import requests
import schemathesis

# The project that xtask made.
PROJECT = "acme"
# Stands for the version that the draft has, for a request that can be cancelled, or for a message that was sent.
CURRENT = 4294967295
# Stands for the name of something that is there: a webhook, a token, an invitation, a member.
NAMED = "000000000000"
# Stands for what signs in, and for an address that nobody has yet.
CODE, SOMEBODY = "current", "somebody@example.com"
# What is deleted in place of what the other cases need.
EXPENDABLE = {
    "/v1/projects/{project}/locales/{locale}": ("locale", "gsw"),
    "/v1/projects/{project}/pages/{page}": ("page", "gone"),
    "/v1/projects/{project}/pages/{page}/entries/{key}": ("key", "gone"),
}
# The same for what the server names.
NAMED_BY_SERVER = {
    "/v1/projects/{project}/hooks/{hook}": "hook",
    "/v1/projects/{project}/tokens/{token}": "token",
    "/v1/projects/{project}/invitations/{invitation}": "invitation",
    "/v1/projects/{project}/members/{subject}": "subject",
}
# Of each a project has only so many: beyond this the oldest go. Every webhook is told, and told again, what happens.
ROOM = {
    "/v1/projects/{project}/hooks": ("hook", 4),
    "/v1/projects/{project}/tokens": ("token", 60),
    "/v1/projects/{project}/invitations": ("invitation", 60),
}
PREVIEWS = "/v1/projects/{project}/previews"
# Links for previews that a project has at once, at most.
LINKS = 30
fresh = (f"fresh{n}" for n in itertools.count(1))
addresses = (f"somebody{n}@example.com" for n in itertools.count(1))
# What stays for all cases, by what it is.
kept = {}
turns = collections.defaultdict(itertools.count)
http = requests.Session()

# Made-up addresses are somebody's: webhooks go to a port of this machine that is taken and does not listen.
closed = socket.socket()
closed.bind(("127.0.0.1", 0))
CLOSED = f"http://127.0.0.1:{closed.getsockname()[1]}/hook"

plain_send = requests.adapters.HTTPAdapter.send
clients = (f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}" for n in itertools.count(1))
# The tokens of cases that somebody else than the owner asks.
callers = {}


def send(adapter, request, *args, **kwargs):
    """Puts what Schemathesis would undo, or take for a change of the case.

    Credentials that are no good are counted by the client's address, so every request has its own; xtask makes the
    server believe it.
    """
    request.headers["X-Forwarded-For"] = next(clients)
    caller = callers.pop(request.headers.get("X-Schemathesis-TestCaseId"), None)
    if caller and "Authorization" in request.headers:
        request.headers["Authorization"] = f"Bearer {caller}"
    return plain_send(adapter, request, *args, **kwargs)


requests.adapters.HTTPAdapter.send = send


@schemathesis.hook
def before_call(context, case, kwargs):
    """Makes what the case stands on; a case that does not ask for it stays as it is."""
    close_addresses(case.body)
    put_version(case)
    put_sign_in(case)
    put_caller(case)
    put_address(case)
    keep_unique(case)
    if case.method == "POST" and case.path == "/v1/projects":
        if isinstance(case.body, dict) and case.body.get("project") == PROJECT:
            case.body["project"] = next(fresh)
    elif case.path_parameters.get("project") == PROJECT:
        put_things(case)


def close_addresses(body):
    """Turns every address that a webhook could be sent to into the closed port."""
    values = body.values() if isinstance(body, dict) else body if isinstance(body, list) else ()
    for value in values:
        close_addresses(value)
    if isinstance(body, dict) and is_address(body.get("url")):
        body["url"] = CLOSED
    if isinstance(body, list):
        # The server may read a list as the fields in their order.
        body[:] = [CLOSED if is_address(value) else value for value in body]


def is_address(value):
    return isinstance(value, str) and value.strip().lower().startswith("http")


def put_things(case):
    """What a case on the project needs, or what the project needs to have room."""
    named = {name for name, value in case.path_parameters.items() if value == NAMED or value in kept.values()}
    if case.path.startswith(PREVIEWS) and case.method in ("POST", "DELETE"):
        put_preview(case, named)
    elif case.path == "/v1/projects/{project}/site-check":
        put_page(case)
    elif case.method == "DELETE":
        put_expendable(case, named)
    elif case.path in ROOM and case.method == "POST":
        make_room(case)
    elif case.path == "/v1/projects/{project}/leave" and turn("leave", 2):
        case.path_parameters["project"] = left_project(case)
    elif "hook" in named:
        put_hook(case)
    elif case.path == "/v1/projects/{project}/releases/requests/{request}" and is_current(case, "request"):
        case.path_parameters["request"] = keep("request", lambda: oldest_request(case))
    elif "subject" in named:
        case.path_parameters["subject"] = keep("subject", lambda: member(case, PROJECT, "viewer"))


def is_current(case, name):
    return str(case.path_parameters.get(name)) == str(CURRENT)


def put_version(case):
    """Puts the draft's version where a case names CURRENT; of a draft that does not exist, none."""
    headers, body = case.headers, case.body if isinstance(case.body, dict) else {}
    if headers.get("If-Match") != f'"{CURRENT}"':
        return
    draft = case.formatted_path.removesuffix("/restore")
    tag = call("GET", case, draft).headers.get("ETag")
    if not tag and case.method == "DELETE":
        tag = call("PUT", case, draft, {"value": "Gone soon"}, {"If-None-Match": "*"}).headers.get("ETag")
    if tag:
        headers["If-Match"] = tag
        headers.pop("If-None-Match", None)
        if body.get("version") == CURRENT:
            body["version"] = int(tag.strip('"'))
    elif case.method == "PUT":
        del headers["If-Match"]
        headers["If-None-Match"] = "*"


def put_sign_in(case):
    """Gives a case what signs in: the code of a link, or the refresh token of a session."""
    body = case.body if isinstance(case.body, dict) else {}
    if body.get("code") == CODE:
        body["code"] = call("POST", case, "/v1/sign-in-links", {}).json()["code"]
    if body.get("refresh_token") == CODE:
        body["refresh_token"] = session(case, next(addresses))["refresh_token"]


def put_caller(case):
    """Who asks about themselves is by turns the owner, somebody who was invited, and an API token."""
    if case.path not in ("/v1/me", "/v1/me/invitations"):
        return
    who = turn(case.path, 3)
    if who == 1:
        address = next(addresses)
        call("POST", case, f"/v1/projects/{PROJECT}/invitations", {"email": address, "role": "viewer"})
        callers[case.id] = session(case, address)["access_token"]
    elif who == 2 and case.path == "/v1/me":
        callers[case.id] = keep("secret", lambda: made(case, "token")["secret"])


def put_address(case):
    """An address of its own where a case names nobody's; an address is invited once."""
    body = case.body if isinstance(case.body, dict) else {}
    if body.get("email") == SOMEBODY:
        body["email"] = next(addresses)


def keep_unique(case):
    """A dictionary of few locales puts one into a list twice, which no case asked for."""
    body = case.body if isinstance(case.body, dict) else {}
    locales = body.get("locales")
    if isinstance(locales, list) and all(isinstance(locale, str) for locale in locales):
        body["locales"] = list(dict.fromkeys(locales))


def put_expendable(case, named):
    """Makes something and lets the case delete it."""
    if case.path == "/v1/projects/{project}":
        case.path_parameters["project"] = fresh_project(case)
    elif case.path in EXPENDABLE:
        name, value = EXPENDABLE[case.path]
        case.path_parameters[name] = value
        call("PUT", case, case.formatted_path, {})
    elif case.path in NAMED_BY_SERVER and named:
        name = NAMED_BY_SERVER[case.path]
        case.path_parameters[name] = member(case, PROJECT, "editor") if name == "subject" else made(case, name)[name]
    elif is_current(case, "request"):
        asked = call("POST", case, f"/v1/projects/{PROJECT}/releases", {"publish_at": "2099-01-01T00:00:00Z"})
        case.path_parameters["request"] = asked.json().get("request", CURRENT)


def put_hook(case):
    """By turns a webhook that is told everything, and one that was switched off, whose messages have failed."""
    name = "off" if "delivery" in case.path_parameters or turn(case.path, 2) and case.method == "GET" else "hook"
    case.path_parameters["hook"] = keep(name, lambda: made(case, "hook")["hook"])
    hook = f"/v1/projects/{PROJECT}/hooks/{case.path_parameters['hook']}"
    if name == "off":
        # Its first message is given up at the next try.
        keep("switched off", lambda: call("PUT", case, hook, {"url": CLOSED, "enabled": False}).ok)
    if is_current(case, "delivery"):
        ping = keep("ping", lambda: call("GET", case, f"{hook}/deliveries").json()["items"][-1]["delivery"])
        case.path_parameters["delivery"] = ping


def put_preview(case, named):
    """Makes room for a link, and one that the case may end."""
    tokens = call("GET", case, f"/v1/projects/{PROJECT}/tokens?limit=1000").json()["items"]
    links = [token["token"] for token in tokens if token.get("preview")]
    if len(links) >= LINKS:
        for link in links[: LINKS // 2]:
            call("DELETE", case, f"/v1/projects/{PROJECT}/previews/{link}")
    if case.method == "DELETE" and named:
        case.path_parameters["token"] = call("POST", case, f"/v1/projects/{PROJECT}/previews", {}).json()["token"]


def put_page(case):
    """A page that there is: the studio's own."""
    if isinstance(case.body, dict) and isinstance(case.body.get("url"), str) and turn(case.path, 2):
        case.body["url"] = case.operation.base_url.rstrip("/") + "/"


def oldest_request(case):
    """A request that has ended: nobody waits for it."""
    return call("GET", case, f"/v1/projects/{PROJECT}/releases/requests?limit=1000").json()["items"][-1]["request"]


def make_room(case):
    """Takes the oldest away before the project has as many as it may have."""
    name, most = ROOM[case.path]
    things = call("GET", case, f"{case.formatted_path}?limit=1000").json()["items"]
    if len(things) < most:
        return
    things = sorted((thing for thing in things if thing[name] not in kept.values()), key=lambda thing: thing["seq"])
    for thing in things[: most // 2]:
        call("DELETE", case, f"{case.formatted_path}/{thing[name]}")


def turn(name, of):
    """Counts from 0 and begins again."""
    return next(turns[name]) % of


def keep(name, make):
    """What is made once."""
    if name not in kept:
        kept[name] = make()
    return kept[name]


def made(case, name):
    """A new webhook, token or invitation."""
    body = {
        "hook": {"url": CLOSED, "topics": ["member.removed"]},
        "token": {"name": "A build", "role": "editor", "locales": ["de"]},
        "invitation": {"email": next(addresses), "role": "publisher"},
    }[name]
    return call("POST", case, f"/v1/projects/{PROJECT}/{name}s", body).json()


def member(case, project, role):
    """A new member: invited, signed in by a link, and come in."""
    address = next(addresses)
    call("POST", case, f"/v1/projects/{project}/invitations", {"email": address, "role": role})
    signed_in = {"Authorization": f"Bearer {session(case, address)['access_token']}"}
    call("GET", case, f"/v1/projects/{project}", None, signed_in)
    return call("GET", case, "/v1/me", None, signed_in).json()["subject"]


def session(case, address):
    """A new session of somebody."""
    link = call("POST", case, "/v1/sign-in-links", {"email": address}).json()
    return call("POST", case, "/v1/sessions", {"code": link["code"]}).json()


def fresh_project(case):
    project = next(fresh)
    call("POST", case, "/v1/projects", {"project": project, "name": "Gone soon", "source": "en"})
    return project


def left_project(case):
    """A project that the owner can leave: it has another admin."""
    project = fresh_project(case)
    member(case, project, "admin")
    return project


def call(method, case, path, body=None, headers=()):
    """Asks the server itself; what it answers is no case."""
    url = case.operation.base_url.rstrip("/") + path
    headers = {**case.operation.schema.config.headers, **dict(headers)}
    return http.request(method, url, json=body, headers=headers, timeout=40)
