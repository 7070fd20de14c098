using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Procedure.Numbers;

/// <summary>A number an act may take, with what must still be true of it when the act is appended.</summary>
internal sealed record NumberOffer(string Text, NumberStream Stream, ulong ExpectedVersion)
{
    public StreamPrecondition Precondition => new() { Stream = Stream.ToString(), ExpectedVersion = ExpectedVersion };

    public GivenNumber ToGiven(string subject) => new() { Space = NumberSpace.Document, Text = Text, Subject = subject, Stream = Stream.ToString() };
}
