namespace EdgeEnforcement.IngestService.Projections.Runtime;

/// <summary>The file was written by another version of its projection.</summary>
internal sealed class StaleSchemaException(long found, long expected)
    : Exception($"schema version {found}, this service writes {expected}");
