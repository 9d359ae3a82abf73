namespace Disguise.Hardware.PciExpress;

/// <summary>
/// Errors in the Device Status register (section 7.8.5), cleared by writing ones.
/// </summary>
[Flags]
internal enum DeviceStatus : ushort
{
    None = 0,
    CorrectableError = 1,
    NonFatalError = 2,
    FatalError = 4,
    UnsupportedRequest = 8,
    All = 15,
}
