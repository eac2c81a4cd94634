"""The same documents by a warm Python process: typst-py typesets, pyHanko signs, zipfile bundles; or pyHanko verifies.

    peer.py pack FOLDER IDENTITY.p12 ROUNDS    FOLDER/NUMBER/ holds one document's template, data and files
    peer.py verify FOLDER ROUNDS               FOLDER holds sealed PDFs

Prints as JSON the CPU seconds of this process in each round, after a first one that is not counted.
"""
import io
import json
import os
import sys
import time
import zipfile


def packer(folder, identity):
    import typst
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    root = os.path.dirname(folder)
    compiler = typst.Compiler(font_paths=[os.path.join(root, "fonts")], ignore_system_fonts=True)
    signer = signers.SimpleSigner.load_pkcs12(identity, passphrase=b"")
    documents = sorted(os.listdir(folder), key=int)

    def one(number):
        place = os.path.join(folder, number)
        with open(os.path.join(place, "main"), encoding="utf-8") as file:
            main = file.read()
        pdf = compiler.compile(input=os.path.join(place, main), root=place, format="pdf", pdf_standards=["a-3a"])
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
        how = signers.PdfSignatureMetadata(
            field_name="Seal",
            md_algorithm="sha256",
            certify=True,
            docmdp_permissions=fields.MDPPerm.NO_CHANGES,
            subfilter=fields.SigSeedSubFilter.PADES,
        )
        sealed = signers.sign_pdf(writer, how, signer=signer).getvalue()
        with open(os.path.join(place, "record.json"), "rb") as file:
            return sealed, file.read()

    def round_():
        with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_STORED) as bundle:
            for number in documents:
                sealed, record = one(number)
                bundle.writestr(f"{number}.pdf", sealed)
                bundle.writestr(f"{number}.json", record)

    return round_


def verifier(folder):
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    pdfs = []
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            pdfs.append(file.read())

    def round_():
        for pdf in pdfs:
            signature = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0]
            context = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
            status = validate_pdf_signature(signature, context)
            assert status.intact and status.valid, "a pack of ours is not valid for pyHanko"

    return round_


def main():
    what, rounds = sys.argv[1], int(sys.argv[-1])
    round_ = packer(sys.argv[2], sys.argv[3]) if what == "pack" else verifier(sys.argv[2])
    round_()
    seconds = []
    for _ in range(rounds):
        begun = time.process_time()
        round_()
        seconds.append(time.process_time() - begun)
    print(json.dumps(seconds))


main()
