FROM python:3.11 AS builder
RUN python -m venv --without-pip /build/venv
COPY rhyme /build/venv/lib/python3.11/site-packages/rhyme
RUN printf '#!/build/venv/bin/python\nfrom rhyme import main\nmain()\n' > /build/venv/bin/rhyme && chmod +x /build/venv/bin/rhyme

FROM python:3.11-slim
COPY --from=builder /build/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
CMD ["rhyme", "cat"]
