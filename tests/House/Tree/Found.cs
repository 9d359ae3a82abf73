namespace Disguise.House.Tests.Tree;

/// <summary>Assertions that print everything they found, a line each.</summary>
internal static class Found
{
    /// <summary>Fails when a rule is broken anywhere, and says where.</summary>
    public static void Nothing(IEnumerable<string> broken)
    {
        var places = broken.ToArray();
        if (places.Length > 0)
        {
            Assert.Fail($"{places.Length} places:\n{string.Join('\n', places)}");
        }
    }
}
