"""What programmers read is what the code says."""

from tests.web.test_problems import Visit


async def test_every_operation_of_the_api_is_on_the_page(visit: Visit) -> None:
    client = visit()
    document = (await client.get("/schema/openapi.json")).json()
    told = (await client.get("/docs/api?lang=en")).text
    assert document["openapi"].startswith("3.1")
    assert document["paths"]
    for path, item in document["paths"].items():
        for operation in item.values():
            assert f'id="{operation["operationId"]}"' in told, path


async def test_the_type_of_a_problem_leads_to_its_sentence(visit: Visit) -> None:
    client = visit()
    problem = (await client.get("/api/nothing")).json()
    address, _, anchor = problem["type"].partition("#")
    assert f'id="{anchor}"' in (await client.get(address)).text


async def test_the_document_is_not_downloaded_but_shown(visit: Visit) -> None:
    answer = await visit().get("/schema")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
