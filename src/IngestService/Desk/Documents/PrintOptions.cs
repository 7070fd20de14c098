using System.ComponentModel.DataAnnotations;

namespace EdgeEnforcement.IngestService.Desk.Documents;

internal sealed class PrintOptions
{
    public const string Section = "Documents";

    /// <summary>Program that turns HTML into PDF: a Chromium. Empty: the first of chromium, chromium-browser, google-chrome on PATH; none there: no PDF.</summary>
    public string ConverterPath { get; set; } = "";

    /// <summary>A page takes a second or two, on a loaded station computer twenty.</summary>
    [Range(1, 600)]
    public int TimeLimitSeconds { get; set; } = 60;

    /// <summary>Converters at work at once, each some 200 MB; others wait.</summary>
    [Range(1, 8)]
    public int Converters { get; set; } = 1;
}
