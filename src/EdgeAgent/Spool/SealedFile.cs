using System.Security.Cryptography;
using System.Text;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Spool;

/// A small state file that says itself whether it is whole: the content, a line feed, and the SHA-256 of the content in hexadecimal.
/// JSON alone would take a flipped digit for another epoch.
internal static class SealedFile
{
    public static void Write(IFileSystem files, string path, ReadOnlySpan<byte> content) =>
        AtomicFile.Write(files, path, [.. content, (byte)'\n', .. Seal(content)]);

    /// Null if there is no such file.
    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    public static byte[]? Read(IFileSystem files, string path) => Open(path, AtomicFile.Read(files, path));

    /// The same, for who goes on from what it reads: on return its name is durable.
    public static byte[]? ReadDurable(IFileSystem files, string path) => Open(path, AtomicFile.ReadDurable(files, path));

    private static byte[]? Open(string path, byte[]? bytes)
    {
        if (bytes is null)
            return null;
        var end = bytes.AsSpan().LastIndexOf((byte)'\n');
        if (end < 0 || !bytes.AsSpan(end + 1).SequenceEqual(Seal(bytes.AsSpan(0, end))))
            throw new InvalidDataException($"'{path}' is damaged: its content does not match the checksum in it.");
        return bytes[..end];
    }

    private static byte[] Seal(ReadOnlySpan<byte> content) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(content)));
}
