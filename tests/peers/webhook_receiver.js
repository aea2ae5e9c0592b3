// A receiver of webhooks as somebody else would write it with npm's standardwebhooks: it verifies each, and prints what
// it took as one line of JSON. It answers 204, or 401 where a signature does not hold.
const http = require("http");
const path = require("path");
const { Webhook } = require(path.join(process.argv[2], "standardwebhooks"));

const webhook = new Webhook(process.argv[3]);
const server = http.createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    try {
      const payload = webhook.verify(Buffer.concat(parts).toString("utf8"), request.headers);
      console.log(JSON.stringify({ id: request.headers["webhook-id"], type: payload.type, data: payload.data }));
      response.writeHead(204).end();
    } catch (error) {
      console.log(JSON.stringify({ refused: error.name }));
      response.writeHead(401).end();
    }
  });
});
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ port: server.address().port })));
