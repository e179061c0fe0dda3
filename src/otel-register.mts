import './otel-register.js';
