import helmet from "helmet";
import type { RequestHandler } from "express";

/**
 * Security headers of every answer. Scripts, fonts and connections come from this server only. MapLibre needs workers and
 * pictures from blobs. Inline styles are allowed, because charts that are drawn on the server carry them. Only embedded
 * views may stand in a frame of another site.
 */
export function securityHeaders(): RequestHandler[] {
  const directives = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "worker-src": ["'self'", "blob:"],
    "object-src": ["'none'"],
    "base-uri": ["'self'"],
    "form-action": ["'self'"],
  };
  const options = {
    // The server itself speaks plain HTTP; a proxy that adds TLS adds this header too.
    strictTransportSecurity: false,
    crossOriginResourcePolicy: { policy: "cross-origin" },
  } as const;
  const policy = (frameAncestors: string[]) => ({
    useDefaults: false,
    directives: { ...directives, "frame-ancestors": frameAncestors },
  });
  const own = helmet({ ...options, contentSecurityPolicy: policy(["'self'"]) });
  const embedded = helmet({ ...options, contentSecurityPolicy: policy(["*"]), frameguard: false });
  return [(request, response, next) => (request.path.startsWith("/embed/") ? embedded : own)(request, response, next)];
}
