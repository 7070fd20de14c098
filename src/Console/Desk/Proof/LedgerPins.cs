using System.Security.Cryptography;
using System.Text;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.OperatorConsole.Hosting;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.OperatorConsole.Desk.Proof;

/// <summary>
/// What this console remembers of the ledger between starts: the key it saw first, and the last checkpoint it accepted, one file each
/// per service address. Both are written before they are believed, so a service that comes back with another key, or with a
/// shorter or another history, is found out.
///
/// Owner: one check at a time, held by the lock that <see cref="HoldAsync"/> hands out.
/// </summary>
public sealed class LedgerPins : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly string _keyFile;
    private readonly string _noteFile;

    internal LedgerPins(DataFolder folder, IOptions<ConsoleOptions> options)
    {
        var service = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(options.Value.Service)))[..16];
        _keyFile = Path.Combine(folder.Pins.FullName, service + ".vkey");
        _noteFile = Path.Combine(folder.Pins.FullName, service + ".checkpoint");
    }

    public string KeyFile => _keyFile;

    public async Task<IDisposable> HoldAsync(CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation).ConfigureAwait(false);
        return new Hold(_oneAtATime);
    }

    /// <summary>The pinned key, after pinning the one offered when there was none. The bool says whether it was pinned just now.</summary>
    public (string VerifierKey, bool PinnedNow) PinOrRecall(string offered)
    {
        if (File.Exists(_keyFile))
            return (File.ReadAllText(_keyFile).Trim(), false);
        Replace(_keyFile, Encoding.UTF8.GetBytes(offered));
        return (offered, true);
    }

    public byte[] RecallNote() => File.Exists(_noteFile) ? File.ReadAllBytes(_noteFile) : [];

    public void RememberNote(LedgerFollower follower) => Replace(_noteFile, follower.LastNote.Span);

    public void Dispose() => _oneAtATime.Dispose();

    // A crash leaves the old file or the new one, never a torn one: a torn key would look like a changed key.
    private static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var fresh = path + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            file.Write(content);
            file.Flush();
            DiskFlush.Run(file.SafeFileHandle, fresh);
        }
        File.Move(fresh, path, overwrite: true);
    }

    private sealed class Hold(SemaphoreSlim held) : IDisposable
    {
        public void Dispose() => held.Release();
    }
}
