using Disguise.Host.Commands;
using Xunit;

namespace Disguise.Host.Tests.Commands;

public sealed class ProcessStartSpecs
{
    private static readonly DateTime Begun = DateTime.UnixEpoch.AddSeconds(1_000);
    private static readonly DateTime Now = DateTime.UnixEpoch.AddSeconds(1_060);

    [Theory]
    [InlineData(null, 60)]
    [InlineData("1057.5", 2.5)] // The launcher built for most of a minute.
    [InlineData("900", 60)] // Inherited from a launcher before this process.
    [InlineData("1061", 60)]
    [InlineData("soon", 60)]
    public void The_time_that_the_launcher_built_does_not_count(string? said, double seconds)
    {
        Assert.Equal(seconds, ProcessStart.SecondsSince(Now, Begun, said), 6);
    }
}
