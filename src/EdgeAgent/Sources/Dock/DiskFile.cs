namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// A file as one listing shows it. RelativePath has '/' whatever the system.
internal readonly record struct DiskFile(string RelativePath, long SizeBytes, DateTimeOffset ModifiedAt)
{
    public string Name => RelativePath[(RelativePath.LastIndexOf('/') + 1)..];
}
