// Ours: opens Swagger UI on our own description. A file of its own, so that no inline script runs.
SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  tryItOutEnabled: true,
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  filter: true,
  displayRequestDuration: true,
  persistAuthorization: true,
  requestSnippetsEnabled: true,
  showExtensions: false,
  supportedSubmitMethods: ["get", "post"],
  validatorUrl: null,
});
