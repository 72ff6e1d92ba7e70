// Checks JSON Resume files against npm @jsonresume/schema, twice: with ajv (formats such as uri and email included) and
// with the validator the package itself ships.
//
//   node tests/interop/json-resume.mjs FILE...
//
// Prints one JSON line a file, {"file", "valid", "errors"}; exits 1 where one is not valid.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const { schema, validate: validateAsShipped } = createRequire(import.meta.url)("@jsonresume/schema");
const ajv = new Ajv({ allErrors: true, strict: false });
addFormats(ajv);
const validate = ajv.compile(schema);

let failed = false;
for (const file of process.argv.slice(2)) {
  const resume = JSON.parse(readFileSync(file, "utf8"));
  const errors = validate(resume) ? [] : validate.errors.map((error) => `${error.instancePath}: ${error.message}`);
  validateAsShipped(resume, (problems) => errors.push(...(problems ?? []).map(String)));
  failed ||= errors.length > 0;
  console.log(JSON.stringify({ file, valid: errors.length === 0, errors }));
}
process.exit(failed ? 1 : 0);
