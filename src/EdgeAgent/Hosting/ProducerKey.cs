using System.Text;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.EdgeAgent.Spool;

namespace EdgeEnforcement.EdgeAgent.Hosting;

/// The producer's signing key: made on first start, PKCS#8 PEM, readable by its owner only, never replaced.
internal sealed class ProducerKey(IFileSystem files, AgentPaths paths) : IDisposable
{
    private SigningKey? _key;

    /// True when the key is older than this start.
    public bool ExistedBefore { get; private set; }

    public SigningKey Key => _key ?? throw new InvalidOperationException("The key is not open.");

    /// Seals with the key; may be asked for before the key is open, may be used only after.
    public EnvelopeSigner Signer => new(Key);

    public void Open()
    {
        files.CreateDirectory(paths.KeyDirectory);
        // Behind a file seam that is no real disk there are no modes to set.
        if (!OperatingSystem.IsWindows() && Directory.Exists(paths.KeyDirectory))
            File.SetUnixFileMode(paths.KeyDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (AtomicFile.ReadDurable(files, paths.SigningKey) is { } pem)
        {
            _key = SigningKey.FromPem(Encoding.ASCII.GetString(pem));
            ExistedBefore = true;
            return;
        }
        _key = SigningKey.Create();
        // The directory lets nobody in, so there is no moment at which others could read the file before its mode is set.
        AtomicFile.Write(files, paths.SigningKey, Encoding.ASCII.GetBytes(_key.ToPem()));
        if (!OperatingSystem.IsWindows() && File.Exists(paths.SigningKey))
            File.SetUnixFileMode(paths.SigningKey, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose() => _key?.Dispose();
}
