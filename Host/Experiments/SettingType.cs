namespace Disguise.Host.Experiments;

/// <summary>What the value of an application's setting is, and as what it is read.</summary>
public enum SettingType
{
    /// <summary>A time; a <c>long</c> count of picoseconds.</summary>
    Time,

    /// <summary>Events a second; a <c>decimal</c>.</summary>
    EventRate,

    /// <summary>Bytes with an optional unit; a <c>long</c>.</summary>
    Size,

    /// <summary>A whole number; a <c>long</c>.</summary>
    Integer,

    /// <summary>A decimal number; a <c>decimal</c>.</summary>
    Number,

    /// <summary>A word out of a list; a <c>string</c>.</summary>
    Choice,

    /// <summary>Text; a <c>string</c>.</summary>
    Text,

    /// <summary>A path, from the experiment's folder; a <c>string</c> as written.</summary>
    File,

    /// <summary>Tenants to talk to; an <see cref="Addresses.Address"/>.</summary>
    Target,

    /// <summary>Which target to use; a <see cref="TargetChoice"/>.</summary>
    TargetChoice,
}
