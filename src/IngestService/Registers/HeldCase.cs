namespace EdgeEnforcement.IngestService.Registers;

/// <summary>A case an officer handles, as far as the registers' questions need it.</summary>
/// <param name="Number">By which people call it; recusals may name it so.</param>
internal sealed record HeldCase(string CaseId, string Number, string Domain)
{
    public bool IsCalled(string name) => name.Length > 0 && (name == CaseId || name == Number);
}
