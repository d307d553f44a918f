import { createJwtCustomizerClient } from 'logto-jwt-customizer';
import { deploy, deployForUsers } from './deploy.js';

const { LOGTO_ENDPOINT = '', LOGTO_APP_ID = '', LOGTO_APP_SECRET = '', PLANS = '{}' } = process.env;
const customizers = createJwtCustomizerClient({
  endpoint: LOGTO_ENDPOINT,
  clientId: LOGTO_APP_ID,
  clientSecret: LOGTO_APP_SECRET,
});
await deployForUsers(customizers);
const { response } = await deploy(customizers, JSON.parse(PLANS));
console.log(response.status === 201 ? 'created' : 'replaced');
