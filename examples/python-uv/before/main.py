"""Converts miles to kilometres: GET /miles/26.2"""
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


async def miles(request: Request) -> JSONResponse:
    given = request.path_params["miles"]
    return JSONResponse({"miles": given, "kilometres": round(given * 1.609344, 2)})


app = Starlette(routes=[Route("/miles/{miles:float}", miles)])
