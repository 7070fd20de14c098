using System.Security.Cryptography;
using System.Text;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Projections.Registers;

/// <summary>
/// The key under which numbers of parties are found without being listed: HMAC-SHA256, 32 bytes, DATA/keys/register.key, readable by its
/// owner only. It guards nothing that is not in the ledger: lost, it is made anew and the table is folded again.
/// </summary>
internal sealed class PartyNumberKey(string dataDirectory)
{
    private const int KeyBytes = 32;

    private readonly Lazy<byte[]> _key = new(() => LoadOrCreate(new PhysicalFileSystem(), new LedgerPaths(dataDirectory)));

    /// <summary>Of the number as people type it: blanks, case and width make no difference.</summary>
    public byte[] HashOf(string number) => HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes(IdentityNumber.Normalize(number)));

    private static byte[] LoadOrCreate(PhysicalFileSystem files, LedgerPaths paths)
    {
        files.CreateDirectory(paths.Keys);
        string path = Path.Combine(paths.Keys, "register.key");
        if (DurableFile.ReadDurable(files, path) is { Length: KeyBytes } there)
            return there;
        byte[] key = RandomNumberGenerator.GetBytes(KeyBytes);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(paths.Keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        DurableFile.Replace(files, path, key);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return key;
    }
}
