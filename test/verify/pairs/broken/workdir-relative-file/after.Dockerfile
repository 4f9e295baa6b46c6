FROM python:3.11 AS source
WORKDIR /srv/shop
COPY . /srv/shop

FROM python:3.11-slim
COPY --from=source /srv/shop /srv/shop
EXPOSE 8000
CMD ["python", "/srv/shop/shop.py"]
