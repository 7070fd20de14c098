namespace EdgeEnforcement.OperatorConsole.Localization;

/// <summary>Names the resource: Texts.resx is English, Texts.zh-Hans.resx the default language of the units.</summary>
public sealed class Texts;
