using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Desk.Documents;
using EdgeEnforcement.IngestService.Procedure.Documents;
using EdgeEnforcement.IngestService.Refusals;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Tokens;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Documents;

/// <summary>With the Chromium of the machine, which the console's tests need as well.</summary>
public sealed class DocumentPrinterTests
{
    private const double PointsPerMm = 72 / 25.4;

    [Fact]
    public async Task A_decision_is_printed_on_A4_with_its_text_its_hash_and_its_fonts()
    {
        RenderedDraft draft = DocumentWorld.Draft(DocumentWorld.Request(DocumentKind.PenaltyDecision));
        using DocumentPrinter printer = Printer(new PrintOptions { TimeLimitSeconds = 600 });

        PrintOutcome outcome = await printer.PrintAsync(DocumentPage.ForPaper(draft), TestContext.Current.CancellationToken);

        Assert.Null(outcome.Refusal);
        using PdfDocument pdf = PdfDocument.Open(outcome.Pdf!); // no refusal
        Assert.All(pdf.GetPages(), page => Assert.Equal((210, 297), (Math.Round(page.Width / PointsPerMm), Math.Round(page.Height / PointsPerMm))));
        var text = string.Concat(pdf.GetPages().SelectMany(page => page.Letters).Select(letter => letter.Value)).Replace(" ", "").Normalize(NormalizationForm.FormKC);
        Assert.Contains("渝北水利罚决〔2026〕12号", text);
        Assert.Contains("30,000元(大写:叁万元整)", text); // 民 comes out as its radical U+2EA0: Noto has one glyph for both
        Assert.All(pdf.GetPages(), page => Assert.Contains(Convert.ToHexStringLower(draft.Sha256),
            string.Concat(page.Letters.Select(letter => letter.Value)).Replace(" ", "")));
        AllFontsAreInTheFile(pdf);
    }

    [Fact]
    public async Task The_type_area_holds_22_lines_of_28_characters()
    {
        ProcedureCase subject = DocumentWorld.Case();
        subject.Report.Facts = new string('砂', 28 * 30 - 2); // two characters of indent in the first line
        using DocumentPrinter printer = Printer(new PrintOptions { TimeLimitSeconds = 600 });

        PrintOutcome outcome = await printer.PrintAsync(
            DocumentWorld.Draft(DocumentWorld.Request(DocumentKind.PenaltyDecision, subject)).Html, TestContext.Current.CancellationToken);

        using PdfDocument pdf = PdfDocument.Open(outcome.Pdf!); // printed as above
        var lines = pdf.GetPage(2).Letters.Where(letter => letter.Value == "砂").GroupBy(letter => Math.Round(letter.StartBaseLine.Y)).ToList();
        Assert.All(lines.Take(lines.Count - 1), line => Assert.Equal(28, line.Count()));
        var pitch = lines.Select(line => line.Key).Order().ToList();
        Assert.All(pitch.Zip(pitch.Skip(1)), pair => Assert.InRange((pair.Second - pair.First) / PointsPerMm, 225.0 / 22 - 0.5, 225.0 / 22 + 0.5));
        Assert.InRange(lines[0].Min(letter => letter.StartBaseLine.X) / PointsPerMm, 27, 30); // binding margin 28 mm
    }

    [Fact]
    public async Task Without_a_converter_the_answer_says_so()
    {
        using DocumentPrinter printer = Printer(new PrintOptions { ConverterPath = "/no/such/program" });

        PrintOutcome outcome = await printer.PrintAsync("<p>x</p>"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal(RefusalCode.NotPermitted, outcome.Refusal!.Code);
        Assert.Contains("no Chromium", outcome.Refusal.Detail);
        Assert.Null(DocumentPrinter.Find("", "/no/such/folder"));
    }

    [Fact]
    public async Task A_converter_that_fails_is_refused_without_its_words()
    {
        using DocumentPrinter printer = Printer(new PrintOptions { ConverterPath = Script("echo secret words >&2; exit 3") });

        PrintOutcome outcome = await printer.PrintAsync("<p>x</p>"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal(RefusalCode.Busy, outcome.Refusal!.Code);
        Assert.DoesNotContain("secret", outcome.Refusal.Detail);
    }

    [Fact]
    public async Task A_converter_is_ended_when_the_caller_leaves_and_leaves_nothing_behind()
    {
        var mark = Path.Combine(Directory.CreateTempSubdirectory("ee-test-").FullName, "where");
        using DocumentPrinter printer = Printer(new PrintOptions { ConverterPath = Script($"pwd > {mark}.part; mv {mark}.part {mark}; exec sleep 1000") });
        using CancellationTokenSource caller = new();
        using FileSystemWatcher watcher = new(Path.GetDirectoryName(mark)!) { EnableRaisingEvents = true };
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Renamed += (_, _) => started.TrySetResult();

        Task<PrintOutcome> printing = printer.PrintAsync("<p>x</p>"u8.ToArray(), caller.Token);
        await started.Task.WaitAsync(TestContext.Current.CancellationToken);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => printing);
        Assert.False(Directory.Exists((await File.ReadAllTextAsync(mark, TestContext.Current.CancellationToken)).Trim()));
    }

    [Fact]
    public async Task Nothing_of_the_service_s_environment_reaches_the_converter()
    {
        var seen = Path.Combine(Directory.CreateTempSubdirectory("ee-test-").FullName, "env");
        using DocumentPrinter printer = Printer(new PrintOptions { ConverterPath = Script($"env > {seen}; exit 1") });

        await printer.PrintAsync("<p>x</p>"u8.ToArray(), TestContext.Current.CancellationToken);

        var names = (await File.ReadAllLinesAsync(seen, TestContext.Current.CancellationToken)).Select(line => line.Split('=')[0]);
        Assert.Empty(names.Except(["PATH", "HOME", "TMPDIR", "LANG", "DBUS_SESSION_BUS_ADDRESS", "PWD", "OLDPWD", "SHLVL", "_"])); // the last four are the shell's own
    }

    private static void AllFontsAreInTheFile(PdfDocument pdf)
    {
        var fonts = pdf.Structure.CrossReferenceTable.ObjectOffsets.Keys.Select(key => pdf.Structure.GetObject(key).Data).OfType<DictionaryToken>()
            .Where(token => token.TryGet(NameToken.Type, out NameToken type) && type == NameToken.Font).ToList();
        Assert.NotEmpty(fonts);
        foreach (DictionaryToken font in fonts.Where(font => font.TryGet(NameToken.FontDescriptor, out IndirectReferenceToken _)))
        {
            font.TryGet(NameToken.FontDescriptor, out IndirectReferenceToken at);
            var descriptor = (DictionaryToken)pdf.Structure.GetObject(at.Data).Data;
            Assert.True(IsType3(font) || new[] { NameToken.FontFile, NameToken.FontFile2, NameToken.FontFile3 }.Any(name => descriptor.ContainsKey(name)));
        }

        // A font without a descriptor is one that carries its glyphs (Type 3) or stands for one that has it (Type 0).
        Assert.All(fonts.Where(font => !font.ContainsKey(NameToken.FontDescriptor)), font => Assert.True(IsType3(font) || font.ContainsKey(NameToken.DescendantFonts)));
    }

    private static bool IsType3(DictionaryToken font) => font.TryGet(NameToken.Subtype, out NameToken kind) && kind == NameToken.Type3;

    private static DocumentPrinter Printer(PrintOptions options) => new(Options.Create(options), TimeProvider.System, NullLogger<DocumentPrinter>.Instance);

    private static string Script(string body)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("ee-test-").FullName, "converter");
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        return path;
    }
}
