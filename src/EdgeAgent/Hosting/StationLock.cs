namespace EdgeEnforcement.EdgeAgent.Hosting;

/// One agent works in a data directory. Held from the first look at it to the end of the process, over all runs of the host.
internal sealed class StationLock(AgentPaths paths) : IDisposable
{
    private FileStream? _file;

    /// <exception cref="InvalidDataException">Another agent holds it.</exception>
    public void Take()
    {
        try
        {
            _file ??= new FileStream(paths.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new InvalidDataException($"Another agent works in this data directory ({paths.Lock}).", e);
        }
    }

    public void Dispose() => _file?.Dispose();
}
