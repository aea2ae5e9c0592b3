// Signs what is to be sent as somebody else would with npm's standardwebhooks: key and body come in, the headers go out.
const path = require("path");
const { Webhook } = require(path.join(process.argv[2], "standardwebhooks"));

const [id, at, body] = ["msg_npm", new Date(), process.argv[4]];
const signature = new Webhook(process.argv[3]).sign(id, at, body);
console.log(JSON.stringify({
  "webhook-id": id, "webhook-timestamp": String(Math.floor(at.getTime() / 1000)), "webhook-signature": signature,
}));
