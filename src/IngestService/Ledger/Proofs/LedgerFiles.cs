using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Hosting;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Ledger.Proofs;

/// <summary>
/// The static face of the ledger (C2SP tlog-tiles): checkpoint and tiles are files; entry bundles are made from the segments when
/// asked for, and hold leaves only, never salt or envelope.
/// </summary>
internal static partial class LedgerFiles
{
    private const string Prefix = "/ledger";
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string OctetStream = "application/octet-stream";

    public static void MapLedgerFiles(this WebApplication app)
    {
        var paths = new LedgerPaths(app.Services.GetRequiredService<IOptions<HostingOptions>>().Value.DataDirectory);
        // Through the seam, which syncs the parents: this is the first to make the ledger's own folder.
        new SegmentLog.PhysicalFileSystem().CreateDirectory(paths.Public);
        app.UseStaticFiles(new StaticFileOptions
        {
            RequestPath = Prefix,
            FileProvider = new PhysicalFileProvider(paths.Public),
            ServeUnknownFileTypes = true,
            DefaultContentType = OctetStream,
            OnPrepareResponse = context =>
            {
                var isCheckpoint = context.File.Name == Path.GetFileName(paths.Checkpoint);
                if (isCheckpoint)
                    context.Context.Response.ContentType = "text/plain; charset=utf-8";
                context.Context.Response.Headers.CacheControl = isCheckpoint ? "no-cache" : Immutable;
            },
        });
        // Said here, because routing would otherwise come first and the door's fallback page would hide the files.
        app.UseRouting();
        app.MapGet(Prefix + "/tile/entries/{**path}", WriteEntriesAsync);
    }

    private static async Task WriteEntriesAsync(HttpContext context, string path, ILedgerReader reader, ILedgerProofs proofs)
    {
        if (!TryParse(path, out var bundle, out var width)
            || TileMath.WidthOf(0, bundle, proofs.Newest.Checkpoint.Size) is var there && there < width)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var bytes = new ArrayBufferWriter<byte>();
        var next = bundle * TileMath.FullWidth;
        for (var left = width; left > 0;)
        {
            var entries = reader.ReadFrom(new EntryIndex(next), left);
            foreach (var entry in entries)
                EntryBundle.Write(bytes, entry.LeafBytes.Span);
            next += (ulong)entries.Count;
            left -= entries.Count;
        }
        context.Response.ContentType = OctetStream;
        context.Response.Headers.CacheControl = Immutable;
        await context.Response.Body.WriteAsync(bytes.WrittenMemory, context.RequestAborted);
    }

    /// Only the one spelling that TilePath makes is a path.
    private static bool TryParse(string path, out ulong bundle, out int width)
    {
        (bundle, width) = (0, 0);
        var match = BundlePath().Match(path);
        if (!match.Success || !ulong.TryParse(match.Groups[1].Value.Replace("x", "", StringComparison.Ordinal).Replace("/", "", StringComparison.Ordinal),
                NumberStyles.None, CultureInfo.InvariantCulture, out bundle))
            return false;
        width = match.Groups[2].Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : TileMath.FullWidth;
        return width is >= 1 and <= TileMath.FullWidth && bundle <= ulong.MaxValue / TileMath.FullWidth
            && TilePath.ForEntries(bundle, width) == "tile/entries/" + path;
    }

    [GeneratedRegex(@"^((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([0-9]{1,3}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex BundlePath();
}
