namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>Why a document cannot be made.</summary>
/// <param name="Name">The field, item or rule: "party_address", "media/17", "template".</param>
/// <param name="Detail">Chinese: what is wrong.</param>
internal sealed record DocumentProblem(string Name, string Detail);
