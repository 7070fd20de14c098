namespace EdgeEnforcement.Benchmarks.Load;

internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("edge-enforcement-load-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
