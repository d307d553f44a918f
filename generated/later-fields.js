/* Made by `npm run regenerate` from openapi.yaml. Do not edit. */
export const laterFields = [
  "/contextSample/application",
  "/contextSample/application/appLevelAccessControlEnabled",
  "/contextSample/application/customClientMetadata/isDeviceFlow",
  "/contextSample/application/customClientMetadata/maxAllowedGrants",
  "/contextSample/application/protectedAppMetadata/additionalScopes",
  "/contextSample/interaction",
  "/contextSample/interaction/signInContext",
  "/contextSample/interaction/verificationRecords/*/oneTimeTokenContext/interactionEvent",
  "/contextSample/interaction/verificationRecords/*/registrationRpId",
  "/contextSample/organization",
  "/contextSample/user/cimdClientId"
];
