namespace Grpc.Core;

/// <summary>Adds to the metadata of a call that is about to start. What it throws ends the call.</summary>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);
