using System.Diagnostics;
using EdgeEnforcement.IngestService.Refusals;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Desk.Documents;

/// <summary>
/// HTML to PDF by a Chromium of the system, one process a document: without network or extensions, with a profile and a home of its own in a folder
/// that goes with it, ended with all its children when the caller leaves or its time is over. Scripts are forbidden by the page's own policy; the
/// switch that turns them off altogether turns printing off as well. What it says goes to the log and to no user.
/// </summary>
internal sealed class DocumentPrinter : IDisposable
{
    private const string NoConverter = "no PDF here: the service found no Chromium (Documents:ConverterPath, or chromium on PATH); the HTML is the same document";

    // Of what a converter says, enough to see why it failed.
    private const int SaidChars = 2_000;

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

    private readonly string? _converter;
    private readonly int _limitSeconds;
    private readonly SemaphoreSlim _places;
    private readonly TimeProvider _time;
    private readonly ILogger<DocumentPrinter> _log;

    public DocumentPrinter(IOptions<PrintOptions> options, TimeProvider time, ILogger<DocumentPrinter> log)
    {
        _converter = Find(options.Value.ConverterPath, Environment.GetEnvironmentVariable("PATH") ?? "");
        _limitSeconds = options.Value.TimeLimitSeconds;
        _places = new SemaphoreSlim(options.Value.Converters, options.Value.Converters);
        _time = time;
        _log = log;
    }

    /// <summary>A configured path counts alone, there or not.</summary>
    internal static string? Find(string configured, string path) => configured.Length > 0
        ? File.Exists(configured) ? configured : null
        : path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    public async Task<PrintOutcome> PrintAsync(byte[] html, CancellationToken cancellation)
    {
        if (_converter is null)
            return new PrintOutcome(null, new RefusalDetail(RefusalCode.NotPermitted, NoConverter));
        await _places.WaitAsync(cancellation);
        try
        {
            DirectoryInfo folder = Directory.CreateTempSubdirectory("ee-document-");
            try
            {
                return await PrintInAsync(folder.FullName, _converter, html, cancellation);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<PrintOutcome> PrintInAsync(string folder, string converter, byte[] html, CancellationToken cancellation)
    {
        string page = Path.Combine(folder, "page.html");
        string pdf = Path.Combine(folder, "page.pdf");
        await File.WriteAllBytesAsync(page, html, cancellation);
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(_limitSeconds), _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            (int exit, string said) = await RunAsync(ToStart(converter, folder, page, pdf), either.Token);
            if (exit == 0 && File.Exists(pdf))
                return new PrintOutcome(await File.ReadAllBytesAsync(pdf, cancellation), null);
            _log.NotPrinted(converter, exit, said);
            return new PrintOutcome(null, new RefusalDetail(RefusalCode.Busy, "the converter made no PDF; the service's log says why, the HTML is the same document"));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            _log.PrintTimeout(converter, _limitSeconds);
            return new PrintOutcome(null, new RefusalDetail(RefusalCode.Busy, $"the converter did not finish in {_limitSeconds} s"));
        }
    }

    private static ProcessStartInfo ToStart(string converter, string folder, string page, string pdf)
    {
        ProcessStartInfo start = new(converter) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        string[] arguments =
        [
            "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions", "--disable-sync", "--disable-default-apps",
            "--disable-component-update", "--disable-background-networking", "--metrics-recording-only",
            "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9", $"--user-data-dir={Path.Combine(folder, "profile")}", "--no-pdf-header-footer",
            $"--print-to-pdf={pdf}",
        ];
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        if (Environment.IsPrivilegedProcess)
            start.ArgumentList.Add("--no-sandbox"); // Chromium's own sandbox refuses to start for root; the service is not meant to run as root
        start.ArgumentList.Add(new Uri(page).AbsoluteUri);
        start.Environment.Clear(); // nothing of the service's configuration reaches it
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin";
        start.Environment["HOME"] = folder;
        start.Environment["TMPDIR"] = folder;
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"; // otherwise it looks for a desktop for seconds
        return start;
    }

    private static async Task<(int Exit, string Said)> RunAsync(ProcessStartInfo start, CancellationToken cancellation)
    {
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start");
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None); // its folder is deleted next
            throw;
        }

        string said = await error + await output;
        return (process.ExitCode, said.Length > SaidChars ? said[..SaidChars] : said);
    }
}
