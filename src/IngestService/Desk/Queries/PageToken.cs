using System.Buffers.Binary;
using System.Buffers.Text;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Desk.Queries;

/// <summary>
/// Where the next page begins: rows below a ledger position, newest first. Opaque to callers; new rows come in above, so a
/// page never repeats or skips one.
/// </summary>
internal readonly record struct PageToken(ulong Before)
{
    public const int MaxRows = 500;

    private const int DefaultRows = 100;
    private const byte Version = 1;

    public static int Rows(uint asked) => asked == 0 ? DefaultRows : (int)Math.Min(asked, MaxRows);

    public static PageToken Parse(string page)
    {
        if (page.Length == 0)
            return new PageToken(long.MaxValue);
        Span<byte> bytes = stackalloc byte[9];
        if (page.Length == 12 && Base64Url.IsValid(page) && Base64Url.TryDecodeFromChars(page, bytes, out int written) && written == 9 && bytes[0] == Version)
            return new PageToken(BinaryPrimitives.ReadUInt64BigEndian(bytes[1..]));
        throw new RpcException(new Status(StatusCode.InvalidArgument, "page is not a token this service gave"));
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[9];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt64BigEndian(bytes[1..], Before);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Empty when fewer than asked came: that was the last page.</summary>
    public static string Next(int got, int asked, ulong lastPosition) => got < asked ? "" : new PageToken(lastPosition).ToString();
}
