"""What a form in Python does at the least for a keystroke: python3 form_peer.py SCHEMA RECORD FIELD.

One thread answers POSTs: it reads the record (tomllib), puts the sent text in the place of one field's line, checks the
record against the schema (jsonschema, compiled once) and writes it. No rules, no conflicts, no undo. Prints its port.
"""

import http.server
import json
import pathlib
import re
import sys
import tomllib

import jsonschema

SCHEMA, RECORD, FIELD = json.loads(pathlib.Path(sys.argv[1]).read_text()), pathlib.Path(sys.argv[2]), sys.argv[3]
VALIDATOR = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)


class Form(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        typed = self.rfile.read(int(self.headers["Content-Length"])).decode()
        text = RECORD.read_text(encoding="utf-8")
        text = re.sub(rf'(?m)^{FIELD} = ".*"$', lambda _: f"{FIELD} = {json.dumps(typed)}", text, count=1)
        record = json.loads(json.dumps(tomllib.loads(text), default=str))
        found = [error.json_path for error in VALIDATOR.iter_errors(record)]
        RECORD.write_text(text, encoding="utf-8")
        body = json.dumps(found).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Form)
print(server.server_port, flush=True)
server.serve_forever()
