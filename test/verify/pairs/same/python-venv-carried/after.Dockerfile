FROM python:3.11 AS builder
ENV PATH=/opt/venv/bin:$PATH
RUN python -m venv --without-pip /opt/venv
WORKDIR /src
COPY wordcount wordcount
RUN cp -r wordcount /opt/venv/lib/python3.11/site-packages/ \
 && printf '#!/opt/venv/bin/python\nfrom wordcount import main\nmain()\n' > /opt/venv/bin/wordcount \
 && chmod 755 /opt/venv/bin/wordcount

FROM python:3.11-slim
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /src
COPY --from=builder /opt/venv /opt/venv
CMD ["wordcount", "a", "b"]
